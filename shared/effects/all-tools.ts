/** The effects of all tools, by the name of the program. */
import type { ToolEffects } from './tool-effects.ts';
import alembic from './tools/alembic.json' with { type: 'json' };
import amtool from './tools/amtool.json' with { type: 'json' };
import ansibleGalaxy from './tools/ansible-galaxy.json' with { type: 'json' };
import ansibleInventory from './tools/ansible-inventory.json' with { type: 'json' };
import ansiblePlaybook from './tools/ansible-playbook.json' with { type: 'json' };
import ansibleVault from './tools/ansible-vault.json' with { type: 'json' };
import ansible from './tools/ansible.json' with { type: 'json' };
import apachectl from './tools/apachectl.json' with { type: 'json' };
import aptCache from './tools/apt-cache.json' with { type: 'json' };
import apt from './tools/apt.json' with { type: 'json' };
import argocd from './tools/argocd.json' with { type: 'json' };
import aws from './tools/aws.json' with { type: 'json' };
import az from './tools/az.json' with { type: 'json' };
import bq from './tools/bq.json' with { type: 'json' };
import brew from './tools/brew.json' with { type: 'json' };
import bundle from './tools/bundle.json' with { type: 'json' };
import cargo from './tools/cargo.json' with { type: 'json' };
import ceph from './tools/ceph.json' with { type: 'json' };
import certbot from './tools/certbot.json' with { type: 'json' };
import cilium from './tools/cilium.json' with { type: 'json' };
import circleci from './tools/circleci.json' with { type: 'json' };
import consulTemplate from './tools/consul-template.json' with { type: 'json' };
import consul from './tools/consul.json' with { type: 'json' };
import crictl from './tools/crictl.json' with { type: 'json' };
import crontab from './tools/crontab.json' with { type: 'json' };
import dockerCompose from './tools/docker-compose.json' with { type: 'json' };
import docker from './tools/docker.json' with { type: 'json' };
import doctl from './tools/doctl.json' with { type: 'json' };
import dpkg from './tools/dpkg.json' with { type: 'json' };
import eksctl from './tools/eksctl.json' with { type: 'json' };
import etcdctl from './tools/etcdctl.json' with { type: 'json' };
import flux from './tools/flux.json' with { type: 'json' };
import fly from './tools/fly.json' with { type: 'json' };
import flyway from './tools/flyway.json' with { type: 'json' };
import gcloud from './tools/gcloud.json' with { type: 'json' };
import gem from './tools/gem.json' with { type: 'json' };
import gh from './tools/gh.json' with { type: 'json' };
import git from './tools/git.json' with { type: 'json' };
import gitlabCtl from './tools/gitlab-ctl.json' with { type: 'json' };
import glab from './tools/glab.json' with { type: 'json' };
import go from './tools/go.json' with { type: 'json' };
import gpg from './tools/gpg.json' with { type: 'json' };
import gsutil from './tools/gsutil.json' with { type: 'json' };
import haproxy from './tools/haproxy.json' with { type: 'json' };
import helm from './tools/helm.json' with { type: 'json' };
import heroku from './tools/heroku.json' with { type: 'json' };
import ip from './tools/ip.json' with { type: 'json' };
import iptables from './tools/iptables.json' with { type: 'json' };
import istioctl from './tools/istioctl.json' with { type: 'json' };
import jenkinsCli from './tools/jenkins-cli.json' with { type: 'json' };
import journalctl from './tools/journalctl.json' with { type: 'json' };
import k9s from './tools/k9s.json' with { type: 'json' };
import kafkaAcls from './tools/kafka-acls.json' with { type: 'json' };
import kafkaBrokerApiVersions from './tools/kafka-broker-api-versions.json' with { type: 'json' };
import kafkaConfigs from './tools/kafka-configs.json' with { type: 'json' };
import kafkaConsoleConsumer from './tools/kafka-console-consumer.json' with { type: 'json' };
import kafkaConsoleProducer from './tools/kafka-console-producer.json' with { type: 'json' };
import kafkaConsumerGroups from './tools/kafka-consumer-groups.json' with { type: 'json' };
import kafkaDeleteRecords from './tools/kafka-delete-records.json' with { type: 'json' };
import kafkaGetOffsets from './tools/kafka-get-offsets.json' with { type: 'json' };
import kafkaLeaderElection from './tools/kafka-leader-election.json' with { type: 'json' };
import kafkaLogDirs from './tools/kafka-log-dirs.json' with { type: 'json' };
import kafkaMetadataQuorum from './tools/kafka-metadata-quorum.json' with { type: 'json' };
import kafkaReassignPartitions from './tools/kafka-reassign-partitions.json' with { type: 'json' };
import kafkaReplicaVerification from './tools/kafka-replica-verification.json' with { type: 'json' };
import kafkaTopics from './tools/kafka-topics.json' with { type: 'json' };
import kcat from './tools/kcat.json' with { type: 'json' };
import kind from './tools/kind.json' with { type: 'json' };
import knife from './tools/knife.json' with { type: 'json' };
import kubeadm from './tools/kubeadm.json' with { type: 'json' };
import kubectl from './tools/kubectl.json' with { type: 'json' };
import kubectx from './tools/kubectx.json' with { type: 'json' };
import kustomize from './tools/kustomize.json' with { type: 'json' };
import linkerd from './tools/linkerd.json' with { type: 'json' };
import liquibase from './tools/liquibase.json' with { type: 'json' };
import lxc from './tools/lxc.json' with { type: 'json' };
import make from './tools/make.json' with { type: 'json' };
import mc from './tools/mc.json' with { type: 'json' };
import minikube from './tools/minikube.json' with { type: 'json' };
import mongodump from './tools/mongodump.json' with { type: 'json' };
import mongorestore from './tools/mongorestore.json' with { type: 'json' };
import mount from './tools/mount.json' with { type: 'json' };
import netlify from './tools/netlify.json' with { type: 'json' };
import nginx from './tools/nginx.json' with { type: 'json' };
import nomad from './tools/nomad.json' with { type: 'json' };
import npm from './tools/npm.json' with { type: 'json' };
import oc from './tools/oc.json' with { type: 'json' };
import ocm from './tools/ocm.json' with { type: 'json' };
import openssl from './tools/openssl.json' with { type: 'json' };
import osdctl from './tools/osdctl.json' with { type: 'json' };
import patronictl from './tools/patronictl.json' with { type: 'json' };
import pct from './tools/pct.json' with { type: 'json' };
import pgCtl from './tools/pg_ctl.json' with { type: 'json' };
import pgbackrest from './tools/pgbackrest.json' with { type: 'json' };
import pip from './tools/pip.json' with { type: 'json' };
import pm2 from './tools/pm2.json' with { type: 'json' };
import pnpm from './tools/pnpm.json' with { type: 'json' };
import podman from './tools/podman.json' with { type: 'json' };
import prisma from './tools/prisma.json' with { type: 'json' };
import pulumi from './tools/pulumi.json' with { type: 'json' };
import rabbitmqctl from './tools/rabbitmqctl.json' with { type: 'json' };
import rails from './tools/rails.json' with { type: 'json' };
import redisCli from './tools/redis-cli.json' with { type: 'json' };
import rosa from './tools/rosa.json' with { type: 'json' };
import rpm from './tools/rpm.json' with { type: 'json' };
import service from './tools/service.json' with { type: 'json' };
import stern from './tools/stern.json' with { type: 'json' };
import supabase from './tools/supabase.json' with { type: 'json' };
import supervisorctl from './tools/supervisorctl.json' with { type: 'json' };
import sysctl from './tools/sysctl.json' with { type: 'json' };
import systemctl from './tools/systemctl.json' with { type: 'json' };
import tar from './tools/tar.json' with { type: 'json' };
import terraform from './tools/terraform.json' with { type: 'json' };
import tk from './tools/tk.json' with { type: 'json' };
import tkn from './tools/tkn.json' with { type: 'json' };
import ufw from './tools/ufw.json' with { type: 'json' };
import vault from './tools/vault.json' with { type: 'json' };
import velero from './tools/velero.json' with { type: 'json' };
import vercel from './tools/vercel.json' with { type: 'json' };
import wrangler from './tools/wrangler.json' with { type: 'json' };
import yarn from './tools/yarn.json' with { type: 'json' };
import yum from './tools/yum.json' with { type: 'json' };
import zpool from './tools/zpool.json' with { type: 'json' };

const ALL: readonly ToolEffects[] = [
  alembic,
  amtool,
  ansibleGalaxy,
  ansibleInventory,
  ansiblePlaybook,
  ansibleVault,
  ansible,
  apachectl,
  aptCache,
  apt,
  argocd,
  aws,
  az,
  bq,
  brew,
  bundle,
  cargo,
  ceph,
  certbot,
  cilium,
  circleci,
  consulTemplate,
  consul,
  crictl,
  crontab,
  dockerCompose,
  docker,
  doctl,
  dpkg,
  eksctl,
  etcdctl,
  flux,
  fly,
  flyway,
  gcloud,
  gem,
  gh,
  git,
  gitlabCtl,
  glab,
  go,
  gpg,
  gsutil,
  haproxy,
  helm,
  heroku,
  ip,
  iptables,
  istioctl,
  jenkinsCli,
  journalctl,
  k9s,
  kafkaAcls,
  kafkaBrokerApiVersions,
  kafkaConfigs,
  kafkaConsoleConsumer,
  kafkaConsoleProducer,
  kafkaConsumerGroups,
  kafkaDeleteRecords,
  kafkaGetOffsets,
  kafkaLeaderElection,
  kafkaLogDirs,
  kafkaMetadataQuorum,
  kafkaReassignPartitions,
  kafkaReplicaVerification,
  kafkaTopics,
  kcat,
  kind,
  knife,
  kubeadm,
  kubectl,
  kubectx,
  kustomize,
  linkerd,
  liquibase,
  lxc,
  make,
  mc,
  minikube,
  mongodump,
  mongorestore,
  mount,
  netlify,
  nginx,
  nomad,
  npm,
  oc,
  ocm,
  openssl,
  osdctl,
  patronictl,
  pct,
  pgCtl,
  pgbackrest,
  pip,
  pm2,
  pnpm,
  podman,
  prisma,
  pulumi,
  rabbitmqctl,
  rails,
  redisCli,
  rosa,
  rpm,
  service,
  stern,
  supabase,
  supervisorctl,
  sysctl,
  systemctl,
  tar,
  terraform,
  tk,
  tkn,
  ufw,
  vault,
  velero,
  vercel,
  wrangler,
  yarn,
  yum,
  zpool,
];

/** By name, other names included. */
export const TOOL_EFFECTS: ReadonlyMap<string, ToolEffects> = new Map(
  ALL.flatMap((table) => [table.tool, ...(table.names ?? [])].map((name) => [name, table] as const)),
);
