/** A framework whose references items may name, such as `nist:MEASURE-2.3`. */
export interface Framework {
  readonly id: string
  readonly title: string
  /** What a reference is about, in our words; the framework's own text decides. */
  readonly about: Readonly<Record<string, string>>
}

/** Said above every report by reference. */
export const NO_CERTIFICATE =
  'It maps evidence to references and certifies nothing: whether a requirement is met, people decide.'

const FRAMEWORKS: readonly Framework[] = [
  {
    id: 'nist',
    title: 'NIST AI RMF 1.0',
    about: {
      'GOVERN-2.2': 'people are trained for their duties',
      'MAP-2.3': 'soundness of data, tests and methods considered',
      'MAP-4.1': 'risks of third-party components mapped',
      'MEASURE-2.3': 'performance measured and demonstrated',
      'MEASURE-2.4': 'behaviour monitored in production',
      'MEASURE-2.5': 'shown to be valid and reliable',
      'MEASURE-2.6': 'safety evaluated, failures handled',
      'MEASURE-2.7': 'security and resilience evaluated',
      'MEASURE-2.11': 'fairness and bias evaluated',
      'MANAGE-1.1': 'decision whether to go on',
      'MANAGE-2.4': 'ways to replace, disengage or switch off',
      'MANAGE-4.1': 'monitoring after deployment planned and done',
      'MANAGE-4.2': 'continual improvement',
      'MANAGE-4.3': 'incidents communicated, tracked and recovered from',
    },
  },
  {
    id: 'aiact',
    title: 'EU AI Act, Annex IV',
    about: {
      'IV.1.c': 'versions of relevant software',
      'IV.1.e': 'hardware on which it is to run',
      'IV.2.c': 'architecture and computational resources',
      'IV.2.d': 'data: origin, selection, labelling and cleaning',
      'IV.2.e': 'human oversight',
      'IV.2.g': 'validation and testing, with dated and signed reports',
      'IV.2.h': 'cybersecurity',
      'IV.3': 'monitoring, functioning and control; limits and input data',
      'IV.4': 'appropriateness of the metrics',
      'IV.5': 'risk management',
      'IV.6': 'changes over the lifecycle',
      'IV.9': 'monitoring after it is placed on the market',
    },
  },
  {
    id: 'mltestscore',
    title: 'ML Test Score (Breck et al. 2017)',
    about: {
      'data-1': 'feature expectations in a schema',
      'data-2': 'features beneficial',
      'data-3': 'cost of features',
      'data-4': 'rules for features',
      'data-5': 'privacy',
      'data-6': 'new features quickly',
      'data-7': 'feature code tested',
      'model-1': 'specifications reviewed',
      'model-2': 'offline and online metrics agree',
      'model-3': 'hyperparameters tuned',
      'model-4': 'staleness known',
      'model-5': 'simpler model not better',
      'model-6': 'quality on slices',
      'model-7': 'inclusion',
      'infra-1': 'training reproducible',
      'infra-2': 'model code tested',
      'infra-3': 'pipeline tested end to end',
      'infra-4': 'quality checked before serving',
      'infra-5': 'debuggable',
      'infra-6': 'canary',
      'infra-7': 'rollback',
      'monitor-1': 'dependency changes told',
      'monitor-2': 'inputs keep to the schema',
      'monitor-3': 'no training and serving skew',
      'monitor-4': 'not stale',
      'monitor-5': 'numerically stable',
      'monitor-6': 'computing performance',
      'monitor-7': 'prediction quality',
    },
  },
]

/** What `--group-by` takes. */
export const GROUPINGS: readonly string[] = FRAMEWORKS.map(({ id }) => `ref:${id}`)

/** Items under one reference; `null` for those that name none of the framework. */
export interface ReferenceGroup<T> {
  readonly ref: string | null
  readonly about: string | null
  readonly items: readonly T[]
}

/**
 * Items by the references that they name; one that names several stands under each.
 *
 * @param grouping one of `GROUPINGS`
 * @throws RangeError for another one
 */
export function groupByReference<T extends { readonly refs?: readonly string[] }>(
  items: readonly T[],
  grouping: string,
): { readonly framework: Framework; readonly groups: readonly ReferenceGroup<T>[] } {
  const framework = FRAMEWORKS.find(({ id }) => `ref:${id}` === grouping)
  if (framework === undefined) throw new RangeError(`no grouping ${grouping}`)
  const prefix = `${framework.id}:`
  const refsOf = ({ refs = [] }: T) =>
    refs.filter((ref) => ref.startsWith(prefix)).map((ref) => ref.slice(prefix.length))
  const known = Object.keys(framework.about)
  const named = new Set(items.flatMap(refsOf))
  const order = [
    ...known.filter((ref) => named.has(ref)),
    ...[...named].filter((ref) => !known.includes(ref)).sort(),
  ]
  const groups: ReferenceGroup<T>[] = order.map((ref) => ({
    ref,
    about: framework.about[ref] ?? null,
    items: items.filter((item) => refsOf(item).includes(ref)),
  }))
  const others = items.filter((item) => refsOf(item).length === 0)
  if (others.length > 0) groups.push({ ref: null, about: null, items: others })
  return { framework, groups }
}

/** Whether a reference that an item names is one that reports can explain. */
export function isKnownReference(reference: string): boolean {
  const [id, ref = ''] = reference.split(':')
  const framework = FRAMEWORKS.find((each) => each.id === id)
  return framework !== undefined && Object.hasOwn(framework.about, ref)
}
