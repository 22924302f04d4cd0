// Checks the manifests of docker/kubernetes against the types that are published for Kubernetes: each file and patch as it stands,
// and if kubectl is on this machine, what kustomize makes of them.
// Usage: node scripts/check-kubernetes.mjs
import { checkKubernetes } from './lib/check-kubernetes.mjs';
import { runScript } from './lib/steps.mjs';

runScript(checkKubernetes);
