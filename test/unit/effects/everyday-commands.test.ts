/** Commands as people on call write them, and what each does to the services. */
import { describe, expect, it } from 'vitest';
import { readStatements } from '#shared/runbook/parser/statements.ts';

const READS = `
kubectl get pods -A
kubectl -n shop get deploy api -o yaml
kubectl describe node ip-10-0-0-4
kubectl --context prod logs deploy/api --tail=100
kubectl rollout history deployment/api
kubectl top pods --sort-by=memory
kubectl config current-context
kubectl get events --sort-by=.lastTimestamp
kubectl auth can-i delete pods
kubectl apply -f api.yaml --dry-run=server
kubectl -n shop exec deploy/api -- curl -fsS http://localhost:8080/health
kubectl exec -n shop api-0 -c web -- cat /etc/hosts
kubectl wait --for=condition=ready pod -l app=api --timeout=60s
oc get clusteroperators
sudo pct exec 102 -- sh -lc 'cd /opt/app && docker compose ps'
mc ls --recursive local/shop
make logs
python3 -m json.tool
pip-audit -r requirements.txt
oc adm top nodes
oc whoami
helm list -n prod
helm history api -n prod
helm get values api
helm upgrade api ./chart --dry-run
docker ps --filter name=api
docker logs --tail 50 api
docker inspect api --format '{{.Image}}'
docker compose ps
docker compose -f prod.yml logs api
docker-compose ps
docker exec db psql -U app -d app -c "select count(*) from orders"
docker exec -it api cat /etc/os-release
docker stats --no-stream
docker system df
podman ps -a
aws ecs describe-services --cluster main --services api
aws ec2 describe-instances --filters Name=tag:Name,Values=api
aws s3 ls s3://backups/
aws rds describe-db-snapshots --db-instance-identifier shop
aws logs tail /ecs/api --since 10m
aws --profile prod cloudwatch get-metric-statistics --namespace AWS/ECS
aws sts get-caller-identity
aws elbv2 describe-target-health --target-group-arn "$ARN"
aws deploy get-deployment --deployment-id d-1
aws route53 list-resource-record-sets --hosted-zone-id Z1
gcloud run revisions list --service api
gcloud compute instances describe web-1 --zone europe-west1-b
gcloud logging read "severity>=ERROR" --limit 20
gcloud --project shop container clusters list
gcloud deploy releases list --delivery-pipeline api
gcloud sql backups list --instance shop
az webapp deployment list-publishing-profiles -n api -g main
az aks show -g main -n prod
az webapp log tail -n api -g main
az vm list -o table
terraform plan -lock=false
terraform state list
terraform output -json
tofu show
git log --oneline -5
git diff v1..v2 --stat
git -C /srv/app status
git branch -a
git tag --list 'v*'
git remote -v
gh pr view 12
gh run list --workflow deploy.yml
gh release list
gh run view 1234 --log-failed
systemctl status api
systemctl is-active nginx
sudo systemctl list-units --failed
journalctl -u api -n 100 --no-pager
service nginx status
redis-cli info replication
redis-cli -h cache -p 6379 ping
redis-cli LLEN jobs
redis-cli --latency
psql "$DATABASE_URL" -X -c "select now()"
psql -U app -c "select pid, state from pg_stat_activity where state <> 'idle'"
psql -c "select pg_size_pretty(pg_database_size('app'))"
psql "$DATABASE_URL" -c "\\dt+"
sudo -u postgres psql -X -c "select 1"
mysql -h db -e "show processlist"
mysql -u root -e 'SHOW SLAVE STATUS\\G'
sqlite3 app.db "select count(*) from users"
mongosh "$MONGO_URL" --eval "rs.status()"
mongosh --eval 'db.orders.find({state: "open"}).limit(5)'
heroku releases -a api
heroku logs -n 200 -a api
heroku pg:info -a api
heroku ps -a api
fly status -a shop
flyctl releases -a shop
fly machine list -a shop
fly ssh console -a shop -C "df -h"
vercel ls shop
vercel inspect shop-abc.vercel.app
netlify status
wrangler deployments list
wrangler tail api
npm ls --depth 0
npm view shop version
pnpm outdated
yarn why left-pad
pip list
pip show django
ansible all -i hosts -m ping
ansible-playbook site.yml --check
consul members
consul kv get config/api
vault status
vault kv get secret/api
nomad job status api
nomad alloc logs 1a2b
nomad job plan api.nomad
etcdctl endpoint health --cluster
etcdctl --endpoints=https://e:2379 member list
rabbitmqctl list_queues name messages
rabbitmqctl cluster_status
rabbitmq-diagnostics check_running
kafka-topics.sh --bootstrap-server k:9092 --list
kafka-consumer-groups --bootstrap-server k:9092 --describe --group api
nginx -t
sudo nginx -T
curl -fsS https://shop.example/health
curl -sI https://shop.example/
curl -G --data-urlencode 'query=up' http://prom:9090/api/v1/query
wget -qO- http://localhost/health
dig +short shop.example
nslookup shop.example
ping -c 3 shop.example
ps aux | grep api
top -bn1 | head -20
df -h
free -m
cat /var/log/nginx/error.log | tail -50
grep -c ERROR app.log
ss -tlnp
lsof -i :8080
netstat -an | grep LISTEN | wc -l
uptime
openssl s_client -connect shop.example:443 -servername shop.example < /dev/null | openssl x509 -noout -dates
timeout 30 kubectl -n ledger get pods
time curl -s http://localhost/health
watch -n 5 kubectl get pods
ssh web1 uptime
ssh -i key.pem admin@web1 "sudo systemctl status nginx"
env PGUSER=app psql -c 'select 1'
bash -c 'docker ps | wc -l'
ls -t | head -1 | xargs cat
bundle exec rails db:migrate:status
argocd app get api
flux get kustomizations
istioctl proxy-status
crontab -l
alembic current
ocm get cluster abc
rosa list clusters
gitlab-ctl status
ceph osd tree
ceph -s
crictl ps -a
velero backup describe nightly
amtool alert query
kustomize build overlays/prod
cilium status
`;

const CHANGES = `
sudo pct exec 102 -- docker compose up -d api
pct rollback 102 before
mc rb --force local/shop
kubectl scale deploy/api --replicas=0
kubectl rollout undo deployment/api --to-revision=3
kubectl rollout restart deploy api
kubectl delete pod api-0 --force
kubectl -n shop apply -f api.yaml
kubectl set image deploy/api api=api:41
kubectl drain node-1 --ignore-daemonsets
kubectl exec deploy/api -- rm -rf /tmp/cache
oc rollout undo dc/api
oc adm drain node-1
helm rollback api 7 -n prod --wait
helm uninstall api
docker restart api
docker compose up -d
docker compose down -v
docker run --rm -it alpine sh -c 'ls'
docker exec db psql -U app -c "delete from sessions"
docker system prune -f
podman stop api
aws ecs update-service --cluster main --service api --task-definition api:41
aws lambda invoke --function-name f out.json
aws s3 cp backup.sql s3://backups/
aws rds restore-db-instance-from-db-snapshot --db-instance-identifier x
aws autoscaling set-desired-capacity --auto-scaling-group-name a --desired-capacity 0
gcloud run services update-traffic api --to-revisions=api-7=100
gcloud sql instances restart shop
gcloud compute instances delete web-1
gcloud run deploy api --image i
az webapp restart -n api -g main
az webapp deployment slot swap -n api -g main --slot staging
terraform apply -auto-approve
terraform destroy
git revert HEAD
git push --force origin main
git checkout v41
gh workflow run deploy.yml
gh pr merge 12
systemctl restart api
sudo systemctl stop nginx
service nginx restart
redis-cli flushall
redis-cli config set maxmemory 2gb
psql "$DATABASE_URL" -c "update flags set on = false where id = 4"
psql -f rollback.sql
mysql -e "drop table sessions"
sqlite3 app.db "delete from jobs"
mongosh --eval 'db.jobs.deleteMany({})'
heroku rollback v40 -a api
heroku ps:scale web=2 -a api
heroku maintenance:on -a api
fly deploy -a shop --image registry.fly.io/shop:v9
fly machine restart 12ab -a shop
vercel rollback shop-abc.vercel.app
netlify deploy --prod
wrangler rollback
npm ci
npm publish
pip install -r requirements.txt
ansible-playbook site.yml
ansible web -m service -a "name=nginx state=restarted"
consul kv put config/api on
vault kv put secret/api k=v
nomad job revert api 3
etcdctl del /config --prefix
rabbitmqctl purge_queue jobs
kafka-topics --bootstrap-server k:9092 --delete --topic t
kafka-consumer-groups --bootstrap-server k:9092 --group g --reset-offsets --to-latest --execute --topic t
nginx -s reload
curl -X POST https://shop.example/admin/flush
curl -d on=1 https://shop.example/flags
rm -rf /var/cache/app
kill -9 4321
sudo reboot
ssh web1 "sudo systemctl restart nginx"
kubectl get pods -o name | xargs kubectl delete
bundle exec rails db:rollback
argocd app rollback api 12
alembic downgrade -1
rosa delete cluster -c abc
gitlab-ctl restart puma
ceph osd out 3
velero restore create --from-backup nightly
amtool silence add alertname=Disk
`;

const lines = (text: string): readonly string[] => text.trim().split('\n');
const effectOf = (text: string): string => {
  const [statement] = readStatements(text).statements;
  return statement?.effect ?? 'none';
};

describe('everyday commands', () => {
  it.each(lines(READS))('reads: %s', (text) => expect(effectOf(text)).toBe('read'));
  it.each(lines(CHANGES))('changes: %s', (text) => expect(effectOf(text)).toBe('change'));

  it.each([
    ['kubectl scale deploy/api --replicas=0', 'stops every instance of it'],
    ['kubectl scale deploy/api --replicas 0', 'stops every instance of it'],
    ['terraform apply -auto-approve', 'applies without showing the plan and asking'],
    ['docker compose -f prod.yml down -v', 'deletes the volumes and their data'],
    ['docker exec db psql -U app -c "drop table orders"', 'deletes data'],
    ['ssh web1 "sudo rm -rf /srv/app"', 'deletes a whole folder'],
    ['psql -c "delete from orders"', 'deletes every row of a table'],
    ['git push -f origin main', 'overwrites the history others work on'],
    ['redis-cli FLUSHALL', 'deletes every key of every database'],
    ['psql <<EOF\ntruncate orders;\nEOF', 'deletes data'],
    ['aws s3 rm s3://backups/x --dryrun', null],
    ['kubectl scale deploy/api --replicas=3', null],
    ['psql -c "delete from orders where id = 4"', null],
    ['git push --force-with-lease', null],
    ['kubectl get pods', null],
  ])('%s: %s', (text, danger) => {
    expect(readStatements(text).statements[0]?.danger ?? null).toBe(danger);
  });

  it.each(['./rollback.sh v9', 'npm run monitor', 'ssh web1', 'docker exec -it api bash', 'kubectl wings spread'])(
    'does not guess: %s',
    (text) => expect(effectOf(text)).toBe('unknown'),
  );
});
