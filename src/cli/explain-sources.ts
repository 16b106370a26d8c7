import { CHECKS } from '../checks/registry.ts'
import { EXIT_CODES } from '../policy/exit-code.ts'
import type { ExplainRecord, ExplainSection } from '../report/explain.ts'
import { MESSAGES } from '../report/messages.ts'
import { numberText } from '../report/number-text.ts'
import { RULE_TEXTS } from '../report/rules.ts'
import { STATISTICS } from '../stats/registry.ts'
import type { StatisticDescriptor } from '../stats/statistic.ts'

/** Everything that has an id, from the registries. */
export function explainRecords(): readonly ExplainRecord[] {
  return [...checks(), ...STATISTICS.map(statistic), ...findings(), ...rules(), ...exitCodes()]
}

/** Abbreviations that the field uses for statistics. */
export const ABBREVIATIONS: Readonly<Record<string, string>> = {
  ad: 'anderson-darling',
  chi2: 'chi-square-homogeneity',
  cvm: 'cramer-von-mises',
  js: 'jensen-shannon-distance',
  jsd: 'jensen-shannon-distance',
  kl: 'kullback-leibler',
  ks: 'kolmogorov-smirnov',
  psi: 'population-stability-index',
  tv: 'total-variation',
  w1: 'wasserstein-1',
}

function checks(): readonly ExplainRecord[] {
  return CHECKS.map((check) => ({
    id: check.id,
    kind: 'check',
    title: check.title,
    sections: sections({
      Why: check.motivation,
      'How it decides': check.decides,
      Parameters: Object.entries(check.params).map(
        ([name, spec]) => `${name} (default ${JSON.stringify(spec.default)}): ${spec.description}`,
      ),
      'What to do': check.remediation,
      References: check.references,
    }),
  }))
}

function statistic(descriptor: StatisticDescriptor): ExplainRecord {
  const { minimum, maximum } = descriptor.range
  const top = maximum === Infinity ? 'no upper bound' : numberText(maximum)
  return {
    id: descriptor.id,
    kind: 'statistic',
    title: descriptor.title,
    sections: sections({
      Definition: descriptor.definition,
      Range: `${numberText(minimum)} to ${top}; units: ${descriptor.units}; ${descriptor.family === 'test' ? 'a test with a p-value, small is bad' : 'a distance, large is bad'}`,
      'Applies to': descriptor.appliesTo.join(', '),
      'Missing values': descriptor.missingRule,
      Cost: descriptor.complexity,
      References: descriptor.references.map(
        ({ authors, year, title, where }) => `${authors} (${String(year)}). ${title}. ${where}`,
      ),
    }),
  }
}

function findings(): readonly ExplainRecord[] {
  return [...MESSAGES].map(([code, { text, remedy, explain }]) => ({
    id: code,
    kind: 'finding',
    title: text.replace(/\{(\w+)(:\w+)?\}/g, '<$1>'),
    sections: sections({
      Background: explain ?? [],
      'What to do': remedy.replace(/\{(\w+)(:\w+)?\}/g, '<$1>'),
    }),
  }))
}

function rules(): readonly ExplainRecord[] {
  return RULE_TEXTS.map(({ id, title, decides, when }) => ({
    id,
    kind: 'rule',
    title,
    sections: sections({ 'How it decides': decides, When: when }),
  }))
}

function exitCodes(): readonly ExplainRecord[] {
  return EXIT_CODES.map(({ code, name, meaning }) => ({
    id: `exit-${String(code)}`,
    kind: 'exit code',
    title: name,
    sections: sections({ Meaning: meaning }),
  }))
}

/** Sections without those that have nothing to say. */
function sections(
  texts: Readonly<Record<string, string | readonly string[]>>,
): readonly ExplainSection[] {
  return Object.entries(texts).flatMap(([heading, content]) => {
    const text = typeof content === 'string' ? [content] : content
    return text.length === 0 ? [] : [{ heading, text }]
  })
}
