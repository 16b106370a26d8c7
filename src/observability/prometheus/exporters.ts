/** Metrics that a running system has though no line of the project's code emits them. */
export interface KnownExporter {
  readonly names: RegExp
  readonly exporter: string
  /** Why a project may rely on them. */
  readonly reason: string
}

const of = (exporter: string, reason: string, names: RegExp): KnownExporter => ({
  names,
  exporter,
  reason,
})

export const EXPORTERS: readonly KnownExporter[] = [
  of('Prometheus', 'written for every target that is scraped', /^(up|scrape_\w+)$/),
  of('Prometheus', 'written for every alert that is pending or fires', /^ALERTS(_FOR_STATE)?$/),
  of('Prometheus', 'its own metrics', /^(prometheus|promhttp|net_conntrack)_\w+$/),
  of('Alertmanager', 'its own metrics', /^alertmanager_\w+$/),
  of(
    'Pushgateway',
    'written with what batch jobs push',
    /^(push_time|push_failure_time)_seconds$|^pushgateway_\w+$/,
  ),
  of('client libraries', 'every official client exposes its process', /^process_\w+$/),
  of('prometheus_client', 'the Python client exposes its interpreter', /^python_(gc|info)\w*$/),
  of('client libraries', 'run-time metrics of Go, Java and Node.js', /^(go|jvm|nodejs)_\w+$/),
  of('cAdvisor', 'the kubelet exposes every container', /^(container|machine|cadvisor)_\w+$/),
  of('kube-state-metrics', 'the state of Kubernetes objects', /^kube_\w+$/),
  of(
    'Kubernetes',
    'its components and autoscalers',
    /^(kubelet|apiserver|kubernetes|kubeproxy|coredns|etcd|scheduler|workqueue|rest_client|keda)_\w+$/,
  ),
  of('node_exporter', 'the machine', /^node_\w+$/),
  of('windows_exporter', 'the machine', /^windows_\w+$/),
  of('blackbox_exporter', 'probes from outside', /^probe_\w+$/),
  of('DCGM exporter', 'NVIDIA graphics processors', /^DCGM_(FI|EXP)_\w+$/),
  of(
    'Triton Inference Server',
    'the server that runs the model',
    /^nv_(gpu|cpu|pinned|energy|inference|cache|model|trt|llm)\w*$/,
  ),
  of('nvidia_gpu_exporter', 'NVIDIA graphics processors', /^nvidia_(smi|gpu)_\w+$/),
  of('BentoML', 'the server that runs the service', /^(bentoml|BENTOML)_\w+$/),
  of('Ray Serve', 'the server that runs the deployment', /^(ray|serve|ray_serve)_\w+$/),
  of(
    'TorchServe',
    'the server that runs the model',
    /^(ts_\w+|torchserve_\w+|(Requests[245]XX|CPUUtilization|MemoryUsed|MemoryAvailable|MemoryUtilization|Disk(Usage|Utilization|Available)|GPU(Utilization|Memory\w+)|QueueTime|WorkerThreadTime|WorkerLoadTime|PredictionTime|HandlerTime))$/,
  ),
  of('TensorFlow Serving', 'the server that runs the model', /^:tensorflow:\w[\w:]*$/),
  of(
    'KServe',
    'request times of the model server',
    /^request_(preprocess|predict|postprocess|explain)_seconds_\w+$|^kserve_\w+$/,
  ),
  of(
    'MLServer',
    'the server that runs the model',
    /^(mlserver|model_infer_request|parallel_request_queue|batch_request_queue|rest_server|grpc_server)_\w+$/,
  ),
  of('Seldon Core', 'the server that runs the model', /^seldon_\w+$/),
  of('vLLM', 'the server that runs the model', /^vllm:\w+$/),
  of('Text Generation Inference', 'the server that runs the model', /^tgi_\w+$/),
  of(
    'Knative',
    'the platform that scales the service',
    /^(revision|autoscaler|activator|queue|controller)_\w+$/,
  ),
  of('Istio', 'the service mesh', /^(istio|pilot|citadel|galley)_\w+$/),
  of('Envoy', 'the proxy before the service', /^envoy_\w+$/),
  of(
    'Linkerd',
    'the service mesh',
    /^(linkerd_\w+|(request|response)_total|response_latency_ms_\w+)$/,
  ),
  of('nginx', 'the proxy before the service', /^(nginx|nginxexporter)_\w+$/),
  of('Traefik', 'the proxy before the service', /^traefik_\w+$/),
  of('HAProxy', 'the proxy before the service', /^haproxy_\w+$/),
  of('Flagger', 'the controller of the canary', /^flagger_\w+$/),
  of(
    'Argo',
    'the controller of rollouts and workflows',
    /^(rollout|analysis_run|experiment|argocd|argo_workflows)_\w+$/,
  ),
  of(
    'prometheus-fastapi-instrumentator',
    'its default metrics',
    /^http_(requests_total|requests_created|request_size_bytes_\w+|response_size_bytes_\w+|request_duration_(highr_)?seconds_\w+)$/,
  ),
  of(
    'starlette_exporter',
    'its default metrics',
    /^(starlette|fastapi)_(requests|request_duration|requests_processing|exceptions|responses|app)_?\w*$/,
  ),
  of(
    'prometheus_flask_exporter',
    'its default metrics',
    /^flask_(http_request|http_requests|exporter)_\w+$/,
  ),
  of('django-prometheus', 'its default metrics', /^django_\w+$/),
  of(
    'OpenTelemetry',
    'instrumentations of HTTP and RPC servers',
    /^(http_(server|client)|rpc_(server|client)|otelcol)_\w+$|^target_info$/,
  ),
  of('gRPC', 'interceptors of gRPC servers and clients', /^grpc_(server|client)_\w+$/),
  of('gunicorn', 'statsd metrics of the worker processes', /^gunicorn_\w+$/),
  of('Celery exporter', 'the queue of jobs', /^(celery|flower)_\w+$/),
  of('Airflow', 'the scheduler of jobs', /^airflow_\w+$/),
  of('Redis exporter', 'the cache or the feature store', /^redis_\w+$/),
  of('PostgreSQL exporter', 'the database', /^(pg|postgres|postgresql)_\w+$/),
  of('MySQL exporter', 'the database', /^mysql_\w+$/),
  of('Kafka exporter', 'the queue of events', /^kafka_\w+$/),
  of(
    'Loki, Tempo and Grafana',
    'their own metrics',
    /^(loki|tempo|promtail|grafana|cortex|thanos|mimir)_\w+$/,
  ),
]

/** The exporter that metrics of a name come from; `undefined` for a name that none is known for. */
export function exporterOf(name: string): KnownExporter | undefined {
  return EXPORTERS.find(({ names }) => names.test(name))
}
