import { normalizeName } from './requirement.ts'

/**
 * Modules whose distribution has another name, each with every distribution that provides it. A dotted
 * name is a part of a package that several distributions share.
 */
const EXCEPTIONS = `
_cffi_backend: cffi
_distutils_hack: setuptools
absl: absl-py
acoustid: pyacoustid
airflow: apache-airflow
allauth: django-allauth
attr: attrs
azureml: azureml-core azureml-mlflow
Bio: biopython
bs4: beautifulsoup4
caffe2: torch
cairo: pycairo
community: python-louvain
corsheaders: django-cors-headers
Crypto: pycryptodome pycrypto
Cryptodome: pycryptodomex
cudf: cudf cudf-cu11 cudf-cu12
cuml: cuml cuml-cu11 cuml-cu12
cupy: cupy cupy-cuda11x cupy-cuda12x
cv2: opencv-python opencv-python-headless opencv-contrib-python opencv-contrib-python-headless
dateutil: python-dateutil
dbt: dbt-core
decouple: python-decouple
delta: delta-spark
discord: discord-py
dns: dnspython
docx: python-docx
dotenv: python-dotenv
editor: python-editor
elftools: pyelftools
engineio: python-engineio
environ: django-environ
faiss: faiss-cpu faiss-gpu faiss-gpu-cu12
fasttext: fasttext fasttext-wheel
ffmpeg: ffmpeg-python
fitz: pymupdf
gi: pygobject
git: gitpython
github: pygithub
google.cloud.pubsub_v1: google-cloud-pubsub
google.cloud.secretmanager: google-cloud-secret-manager
google.oauth2: google-auth
google.protobuf: protobuf
googleapiclient: google-api-python-client
grpc: grpcio
grpc_health: grpcio-health-checking
grpc_reflection: grpcio-reflection
haiku: dm-haiku
hydra: hydra-core
igraph: igraph python-igraph
imblearn: imbalanced-learn
jose: python-jose
jpype: jpype1
jwt: pyjwt
kafka: kafka-python kafka-python-ng
keras: keras tensorflow
ldap: python-ldap
Levenshtein: levenshtein python-levenshtein
llama_cpp: llama-cpp-python
magic: python-magic
MeCab: mecab-python3
memcache: python-memcached
mlflow: mlflow mlflow-skinny
mpl_toolkits: matplotlib
multipart: python-multipart multipart
mysql.connector: mysql-connector-python
MySQLdb: mysqlclient
nacl: pynacl
neptune: neptune neptune-client
odf: odfpy
onnxruntime: onnxruntime onnxruntime-gpu onnxruntime-directml
open_clip: open-clip-torch
opencc: opencc opencc-python-reimplemented
OpenSSL: pyopenssl
opentelemetry: opentelemetry-api
opentelemetry.exporter.otlp: opentelemetry-exporter-otlp opentelemetry-exporter-otlp-proto-grpc opentelemetry-exporter-otlp-proto-http
osgeo: gdal
past: future
pdfminer: pdfminer-six
PIL: pillow pillow-simd
pkg_resources: setuptools
pptx: python-pptx
psycopg: psycopg psycopg-binary
psycopg2: psycopg2 psycopg2-binary
pwiz: peewee
pylab: matplotlib
pythoncom: pywin32
pythonjsonlogger: python-json-logger
pywt: pywavelets
rdkit: rdkit rdkit-pypi
rest_framework: djangorestframework
serial: pyserial
shapefile: pyshp
skbio: scikit-bio
skfda: scikit-fda
skfuzzy: scikit-fuzzy
skimage: scikit-image
sklearn: scikit-learn
sklearnex: scikit-learn-intelex
sklego: scikit-lego
skmultiflow: scikit-multiflow
skopt: scikit-optimize
sksurv: scikit-survival
slugify: python-slugify unicode-slugify
snappy: python-snappy
snowflake.connector: snowflake-connector-python
snowflake.snowpark: snowflake-snowpark-python
socketio: python-socketio
sonnet: dm-sonnet
stdnum: python-stdnum
storages: django-storages
surprise: scikit-surprise
talib: ta-lib
telegram: python-telegram-bot
tensorflow: tensorflow tensorflow-cpu tensorflow-gpu tensorflow-macos
tlz: toolz
tree: dm-tree
triton: triton triton-windows
umap: umap-learn
usb: pyusb
uwsgidecorators: uwsgi
websocket: websocket-client
whisper: openai-whisper
win32api: pywin32
win32com: pywin32
win32con: pywin32
win32file: pywin32
wx: wxpython
xgboost: xgboost xgboost-cpu
Xlib: python-xlib
yaml: pyyaml
zmq: pyzmq
`

const PROVIDERS: ReadonlyMap<string, readonly string[]> = new Map(
  EXCEPTIONS.trim()
    .split('\n')
    .map((line) => line.split(': '))
    .map(([module = '', names = '']) => [module, names.split(' ')]),
)

/** Packages that many distributions fill, so that their own name says nothing. */
const SHARED = [
  'google',
  'azure',
  'opentelemetry',
  'backports',
  'ruamel',
  'snowflake',
  'mysql',
  'zope',
  'databricks',
  'jaraco',
]

/**
 * The modules that an import statement needs, for `distributionsOf`: of a package that several
 * distributions fill, each imported name may be a module of another one.
 */
export function neededModules(module: string, names: readonly string[]): readonly string[] {
  const [top = ''] = module.split('.')
  const named = names.filter((name) => name !== '*')
  return SHARED.includes(top) && named.length > 0
    ? named.map((name) => `${module}.${name}`)
    : [module]
}

/**
 * The distributions that may provide an imported module, in their normal form (PEP 503): those of the
 * table, else the one of the module's own name; for a package that several share, also the name of
 * every longer part, as `google.cloud.spanner` is `google-cloud-spanner`.
 */
export function distributionsOf(module: string): readonly string[] {
  const parts = module.split('.')
  const [top = ''] = parts
  for (let length = parts.length; length > 0; length--) {
    const known = PROVIDERS.get(parts.slice(0, length).join('.'))
    if (known !== undefined && (length > 1 || !SHARED.includes(top) || parts.length === 1)) {
      return known
    }
  }
  if (!SHARED.includes(top)) return [normalizeName(top)]
  const longer = parts
    .map((_, at) => normalizeName(parts.slice(0, at + 1).join('.')))
    .filter((_, at) => at > 0 || parts.length === 1)
  return [...longer.reverse(), ...(PROVIDERS.get(top) ?? [])]
}
