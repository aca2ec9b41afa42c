import { start } from './app/start.tsx';
import { connectBridge } from './bridge.ts';

start(connectBridge(), document.getElementById('root'));
