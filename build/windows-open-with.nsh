; Offers Rollbook for Markdown under "Open with". The default of .md is never written: it belongs to the person's editor.

!define RUNBOOK_CLASS "Rollbook.Runbook"

!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\${RUNBOOK_CLASS}" "" "Markdown runbook"
  WriteRegStr SHELL_CONTEXT "Software\Classes\${RUNBOOK_CLASS}" "FriendlyTypeName" "Markdown runbook"
  WriteRegStr SHELL_CONTEXT "Software\Classes\${RUNBOOK_CLASS}\DefaultIcon" "" "$appExe,0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\${RUNBOOK_CLASS}\shell\open\command" "" '"$appExe" "%1"'
  WriteRegNone SHELL_CONTEXT "Software\Classes\.md\OpenWithProgids" "${RUNBOOK_CLASS}"
  WriteRegNone SHELL_CONTEXT "Software\Classes\.markdown\OpenWithProgids" "${RUNBOOK_CLASS}"
  ; SHCNE_ASSOCCHANGED: Explorer reads the list again.
  System::Call "shell32::SHChangeNotify(i 0x08000000, i 0, i 0, i 0)"
!macroend

!macro customUnInstall
  DeleteRegValue SHELL_CONTEXT "Software\Classes\.md\OpenWithProgids" "${RUNBOOK_CLASS}"
  DeleteRegValue SHELL_CONTEXT "Software\Classes\.markdown\OpenWithProgids" "${RUNBOOK_CLASS}"
  DeleteRegKey SHELL_CONTEXT "Software\Classes\${RUNBOOK_CLASS}"
  System::Call "shell32::SHChangeNotify(i 0x08000000, i 0, i 0, i 0)"
!macroend
