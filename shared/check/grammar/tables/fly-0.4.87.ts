/**
 * flyctl v0.4.87: from its published help and its source (internal/command), written down by hand. `name?` stands for
 * commands that are hidden, were once there or may be: of those nothing is told.
 */
import type { ToolTable } from '../table.ts';

export const FLY_0_4_87: ToolTable = {
  tool: 'fly',
  version: '0.4.87',
  global: '-t= --access-token= --debug --verbose -h --help',
  pages: {
    '': 'agent apps auth certs checks config console consul dashboard deploy dig docs doctor extensions image incidents ips jobs launch litefs-cloud logs machine mcp mpg orgs ping platform postgres proxy redis releases scale secrets services settings sftp ssh status storage synthetics tokens version volumes wireguard completion? help? suspend? resume? move? destroy? create? open? info? history? regions? vm? monitor? turboku? dns-records? domains? builds? autoscale? curl? init? list? ls? kubernetes? registry? sysctl? deployment? deployments? builder? supabase? mysql? vector? tigris? tunnel? checklist? certificates? log? volume>volumes vol>volumes machines>machine m>machine app>apps secret>secrets release>releases pg>postgres wg>wireguard ext>extensions -v --version',
    deploy:
      '-a= --app= --build-arg= --build-context-warn-size= --build-only --build-secret= --build-target= --buildkit --buildpacks-docker-host= --buildpacks-volume= --compression= --compression-level= -c= --config= --deploy-retries= --depot --depot-scope= --detach --dns-checks --dockerfile= -e= --env= --exclude-machines= --exclude-regions= --file-literal= --file-local= --file-secret= --flycast --ha --host-dedication-id= --https-failover --ignorefile= -i= --image= --image-label= --immediate-max-concurrent= --label= --lease-timeout= --local-only --max-concurrent= --max-unavailable= --nixpacks --no-cache --no-public-ips --now --only-machines= --only-regions= --primary-region= --process-groups= --push --recreate-builder --regions= --release-command-timeout= --remote-only -s= --signal= --skip-release-command --smoke-checks --strategy= --update-only --vm-cpu-kind= --vm-cpukind= --vm-cpus= --cpus= --vm-memory= --memory= --vm-size= --volume-initial-size= --wait-timeout= --wg -y --yes --auto-confirm',
    logs: '-a= --app= -c= --config= -j --json -m= --machine= -i= --instance= -n --no-tail -r= --region= -s --select !',
    releases: '-a= --app= -c= --config= --image -j --json !',
    status: '--all -a= --app= -c= --config= --deployment -j --json --rate= --watch',
    apps: 'create destroy errors list move open releases restart ls>list rm>destroy remove>destroy delete>destroy set-platform-version resume suspend help',
    'apps restart': '--force-stop --skip-health-checks',
    'apps list': '-j --json -o= --org= -q --quiet',
    'apps releases': '-a= --app= -c= --config= --image -j --json !',
    secrets: 'deploy import list set sync unset ls>list keys key help',
    'secrets list': '-a= --app= -c= --config= -j --json',
    'secrets set': '-a= --app= -c= --config= --detach --dns-checks --stage',
    'secrets unset': '-a= --app= -c= --config= --detach --dns-checks --stage',
    machine:
      'api-proxy clone cordon create destroy exec kill leases list place restart run start status stop suspend uncordon update wait ls>list rm>destroy remove>destroy delete>destroy i>status help egress-ip? proxy?',
    'machine restart': '-a= --app= -c= --config= --force -s= --signal= --skip-health-checks --time=',
    scale: 'count memory show vm help',
    auth: 'docker login logout signup whoami token help',
    'auth whoami': '-j --json',
    checks: 'list help',
    image: 'show update help',
    config: 'env save show validate help display>show',
    volumes:
      'create destroy extend fork list show snapshots update ls>list rm>destroy delete>destroy snapshot>snapshots help',
    ips: 'allocate allocate-egress allocate-v4 allocate-v6 list private release release-egress ls>list rm>release remove>release help',
  },
};
