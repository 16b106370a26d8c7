import type { Messages } from './message.ts'

/** The rules of Prometheus and their tests. */
export const observabilityRuleMessages: Messages = {
  RULE_FILE_UNREADABLE: {
    text: '{file} is not a rule file that can be read: {reason}.',
    remedy: 'Repair the file, or name the right one under monitoring.rules.',
  },
  RULE_GROUP_WITHOUT_NAME: {
    text: 'A group of rules in {file} has no name.',
    remedy: 'Give the group a name: Prometheus refuses the file.',
  },
  RULE_GROUP_REPEATED: {
    text: 'The group {group} stands twice in {file}.',
    remedy: 'Rename one of them: Prometheus refuses the file.',
  },
  RULE_GROUP_EMPTY: {
    text: 'The group {name} has no rules.',
    remedy: 'Remove the group, or add the rules that belong there.',
  },
  RULE_KIND_UNCLEAR: {
    text: '{name} has a rule with {says} of alert and record.',
    remedy: 'Give every rule one of the two: Prometheus refuses the file.',
  },
  RULE_FIELD_UNKNOWN: {
    text: '{name} has the field {field:quoted}, which Prometheus does not know.',
    remedy: 'Correct its name or its indentation: Prometheus refuses the file.',
  },
  RULE_DURATION_INVALID: {
    text: '{field} of {name} is {written:quoted}, which is no duration.',
    remedy: 'Write whole numbers with units from the largest to the smallest, such as 1h30m.',
  },
  RULE_NAME_INVALID: {
    text: '{name:quoted} cannot be the name of a recorded series.',
    remedy: 'Write a name alone; selectors with braces belong in expr.',
  },
  RULE_FIELD_OF_ALERTS: {
    text: 'The recording rule {name} has {field}, which only alerts have.',
    remedy: 'Remove the field, or make the rule an alert.',
  },
  RULE_WITHOUT_EXPRESSION: {
    text: '{name} has no expression.',
    remedy: 'Write under expr what the rule measures.',
  },
  RULE_EXPRESSION_INVALID: {
    text: 'The expression of {name} is not PromQL: {reason}.',
    remedy: 'Correct the expression: Prometheus refuses the whole file.',
  },
  RULE_EXPRESSION_NO_VECTOR: {
    text: 'The expression of {name} gives {is}, which no rule can use.',
    remedy: 'Put a function such as rate around it.',
  },
  RULE_LABEL_INVALID: {
    text: '{name} has {label:quoted}, which cannot be the name of a label.',
    remedy: 'Choose another name: Prometheus refuses the file.',
  },
  RULE_LABEL_UNUSUAL: {
    text: '{name} has the label {label:quoted}, whose name Prometheus before version 3 refuses.',
    remedy: 'Use letters, digits and underscores, and begin with a letter.',
  },
  RULE_TEMPLATE_BROKEN: {
    text: 'The template in {label} of {name} cannot be filled in: {reason}.',
    remedy: 'Correct the template: the alert arrives with an error in the place of its text.',
  },
  RULE_REPEATED: {
    text: '{name} stands twice with the same labels; the first is at line {line:id}.',
    remedy: 'Remove one, or tell them apart by a label.',
  },
  ALERT_WITHOUT_SEVERITY: {
    text: 'The alert {name} has no severity.',
    remedy: 'Add the label severity, by which alerts are routed.',
  },
  ALERT_WITHOUT_RUNBOOK: {
    text: 'The alert {name} has no runbook_url.',
    remedy: 'Add the annotation runbook_url with what to do when it fires.',
  },
  ALERT_WITHOUT_FOR: {
    text: 'The alert {name} fires at the first sample that meets its condition.',
    remedy: 'Add for, so that a single outlier wakes nobody.',
  },
  RULE_TESTS_UNREADABLE: {
    text: '{file} is not a file of rule tests that can be read: {reason}.',
    remedy: 'Repair the file, or name the right one under monitoring.rule_tests.',
  },
  RULE_TEST_FIELD_UNKNOWN: {
    text: 'A rule test has the field {field:quoted}, which promtool does not know.',
    remedy: 'Correct its name or its indentation: promtool refuses the file.',
  },
  RULE_TEST_OF_UNKNOWN_ALERT: {
    text: 'A test asks for the alert {alert}, which no rule has.',
    remedy: 'Correct the name: a test that expects silence of it passes whatever happens.',
  },
}
