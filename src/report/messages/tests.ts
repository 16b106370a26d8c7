import type { Messages } from './message.ts'

/** Tests of the code, what they cover, and how serving takes errors. */
export const testMessages: Messages = {
  TESTS_EXITED: {
    text: 'The {suite} tests ended with exit code {exitCode:id}. They said: {said:lines}',
    remedy: 'Run the command of commands.tests by hand and mend what fails.',
  },
  TESTS_SIGNALLED: {
    text: 'The {suite} tests were ended by {signal}. They said: {said:lines}',
    remedy: 'Look for too little memory (SIGKILL) or a crash of a native library (SIGSEGV).',
  },
  TESTS_TIMED_OUT: {
    text: 'The {suite} tests did not end within {seconds:second}. They said: {said:lines}',
    remedy: 'Raise timeout: of the suite in commands.tests, or make the tests faster.',
  },
  TESTS_FLOODED: {
    text: 'The {suite} tests wrote {bytes:bytes} to their output and were ended.',
    remedy: 'Let the tests print less.',
  },
  TESTS_NOT_STARTED: {
    text: 'The {suite} tests did not start: {reason}.',
    remedy: 'Install the program, or correct run: of the suite in commands.tests.',
  },
  TESTS_NONE_RAN: {
    text: 'Not one of the {suite} tests ran.',
    remedy: 'Let the command of the suite find its tests, and do not skip them all.',
    explain: 'Zero tests never pass: pytest ends with exit code 5 then, other tools end well.',
  },
  TESTS_FAILED: {
    text: '{failed:count} of {ran:count} {suite} tests failed: {tests:list}.',
    remedy: 'Mend the code or the tests, then run them again.',
  },
  TESTS_SKIPPED: {
    text: '{skipped:count} of {all:count} {suite} tests are skipped or expected to fail, {share:share_vs_limit}; the limit is {limit:share_vs_share}.',
    remedy: 'Mend and run them, or remove them.',
  },
  TESTS_NOT_COUNTED: {
    text: 'The {suite} tests ended well and do not say how many ran.',
    remedy: 'Pass the placeholder junit, in braces, as the path of a JUnit report.',
  },
  TEST_REPORT_UNREADABLE: {
    text: 'The report {path} cannot be read: {problem}.',
    remedy: 'Write a report in the JUnit format.',
  },
  TEST_REPORT_CONTRADICTS: {
    text: 'Suites in {path} count other tests than they list: {suites:list}.',
    remedy: 'Run the tests again and store the whole report.',
  },
  TEST_REPORT_UNDATED: {
    text: 'The report {path} does not say when the tests ran.',
    remedy: 'Write reports with the attribute timestamp.',
  },
  TEST_REPORT_OLDER: {
    text: 'The tests in {path} ran on {day}, before the model was created on {created}.',
    remedy: 'Run the tests again and store the new report.',
  },
  TEST_REPORT_OF_OTHER_CODE: {
    text: 'The report of the {suite} tests lists {count:count} that the code does not have: {tests:list}.',
    remedy: 'Run the tests again and store the new report.',
    explain: 'A report is held against the code by the names of its tests.',
  },
  TESTS_NOT_IN_REPORT: {
    text: 'The report of the {suite} tests lacks {count:count} that the code has: {tests:list}.',
    remedy: 'Run the tests again and store the new report.',
  },
  TESTS_NONE_FOUND: {
    text: 'There is no test for the {suite} tests in {path} and the other named files ({files:file} with code).',
    remedy: 'Write tests, in files and functions that pytest or unittest would find.',
  },
  TESTS_WITHOUT_ASSERTIONS: {
    text: '{count:count} of {all:count} {suite} tests assert nothing: {tests:list}.',
    remedy: 'Compare results with known values, or expect a certain error.',
    explain:
      'Counted are assert, pytest.raises and its kin, the methods of unittest and of mocks, the testing functions of numpy and pandas, and helpers of the project that do any of these. A constant or a tuple asserts nothing.',
  },
  TESTS_LANGUAGE_UNREAD: {
    text: 'What {files:file} of tests do is not known: only Python is read, these are {languages:list}.',
    remedy: 'Rely on the run of the tests, and review by hand what they cover.',
  },
  SOURCE_DAMAGED: {
    text: '{path} is not read wholly: line {line:id} is no Python that is known.',
    remedy: 'Correct the syntax.',
  },
  SOURCE_UNREAD: {
    text: '{path} was not read: {problem}.',
    remedy: 'Name source files of the repository, as text of a usual size.',
  },
  SOURCE_LANGUAGE_UNREAD: {
    text: '{path} was not read: only Python is, this is {language}.',
    remedy: 'Declare commands.serve, so that the running service is asked.',
  },
  CODE_PART_NOT_NAMED: {
    text: 'The manifest does not say which code does the {part}.',
    remedy: 'Name it in code.{part}.',
  },
  CODE_PART_UNREAD: {
    text: 'No test is seen to use the {part} code, of which some is not read: {files:list}.',
    remedy: 'Review by hand what the tests cover.',
  },
  TESTS_OF_PART_NOT_RUN: {
    text: 'The tests that use the {part} code are not known to have run and passed: {tests:list}.',
    remedy:
      'Let commands.tests.unit run them, and pass the placeholder junit, in braces, as the path of a JUnit report.',
    explain:
      'Where a command only says how many tests passed, more of the suite may be left out than use this part.',
  },
  TESTS_USE_UNSEEN: {
    text: 'Tests import the {part} code, and none that asserts something is seen to use it.',
    remedy: 'Call it in a test by the name under which it is imported.',
  },
  TESTS_MISS_PART: {
    text: 'No test that asserts something uses the {part} code, and no test file imports it.',
    remedy: 'Write a test that calls it and compares the result with known values.',
  },
  COVERAGE_NOT_REPORTED: {
    text: 'The manifest names no coverage report.',
    remedy: 'Name one in test_reports.coverage to have the covered share verified.',
  },
  COVERAGE_UNREADABLE: {
    text: 'The coverage report {path} cannot be read: {problem}.',
    remedy: 'Write the JSON of coverage.py or Cobertura XML.',
  },
  COVERAGE_OF_OTHER_CODE: {
    text: 'The lines in {path} are not the statements of the code as it is now: {files:list}.',
    remedy: 'Run the tests again and store the new report.',
  },
  COVERAGE_LACKS_FILES: {
    text: 'The coverage report {path} lacks files of the named code: {files:list}.',
    remedy: 'Measure all serving and preprocessing code, also what no test imports.',
  },
  COVERAGE_TOO_LOW: {
    text: 'The tests run {executed:count} of {counted:count} statements of the named code, {share:share_vs_minimum}; {minimum:share_vs_share} are asked.',
    remedy: 'Test what {path} shows as missed.',
  },
  INTEGRATION_TEST_NOT_RUN: {
    text: 'The tests that go from raw input to a prediction are not known to have run and passed: {tests:list}.',
    remedy:
      'Let commands.tests.integration run them, and pass the placeholder junit, in braces, as the path of a JUnit report.',
  },
  INTEGRATION_PATH_UNSEEN: {
    text: 'No test is seen to go from raw input (seen: {input}) to a prediction (seen: {prediction}): {tests:list}.',
    remedy: 'Start a test from a raw row, and end it at the answer of the model or the service.',
    explain:
      'Imports and names are followed through the project. What is built at run time is not seen, so this is no failure.',
  },
  INTEGRATION_PATH_MISSING: {
    text: 'The integration tests neither load raw input nor ask for a prediction: {tests:list}.',
    remedy: 'Start a test from a raw row, and end it at the answer of the model or the service.',
  },
  SERVICE_NOT_PROBED: {
    text: 'The service was not asked what it does about bad requests; its code alone was read.',
    remedy: 'Declare commands.serve and pass --allow-run.',
  },
  SERVICE_NOT_READY: {
    text: 'The service did not become ready: {problem}. It said: {stderr:lines}',
    remedy: 'Start commands.serve by hand, and check the address ready:.',
  },
  SERVICE_REFUSES_VALID: {
    text: 'The service does not answer a valid request with a prediction (status {status:id}).',
    remedy: 'Check the addresses and request: of commands.serve.',
  },
  SERVICE_FAILS: {
    text: 'The service answers bad requests with status {status:id}: {cases:list}.',
    remedy: 'Check what a request holds, and answer with a 4xx or a fallback.',
  },
  SERVICE_HANGS: {
    text: 'The service does not answer bad requests in time: {cases:list}.',
    remedy: 'Check what a request holds before working on it, and bound the size of a body.',
  },
  SERVICE_CLOSES: {
    text: 'The service closes the connection on bad requests without an answer: {cases:list}.',
    remedy: 'Check what a request holds, and answer with a 4xx or a fallback.',
  },
  SERVICE_ACCEPTS_BAD: {
    text: 'The service answers with status {status:id} where it must refuse: {cases:list}.',
    remedy: 'Check types and fields, and answer with a 4xx or a declared fallback.',
    explain: 'An answer that holds "fallback": true counts as a fallback.',
  },
  SERVICE_BROKEN_AFTER: {
    text: 'After the bad requests the service does not answer a valid one any more (status {status:id}; {cases:list}).',
    remedy: 'Keep the state of one request out of the next.',
  },
  SERVICE_DIED: {
    text: 'The process of the service ended while it was asked.',
    remedy: 'Catch errors where a request is handled.',
  },
  SERVICE_METRICS_UNREAD: {
    text: 'Whether the service counts errors is not known: it has no readable metrics at {metricsPath:or_none}.',
    remedy: 'Expose metrics, and name their address in commands.serve.metrics.',
  },
  SERVICE_ERRORS_UNCOUNTED: {
    text: 'No counter of errors at {metricsPath:or_none} moved while bad requests were sent.',
    remedy: 'Count each refused request under a name that says error, failure or rejection.',
  },
  EXCEPT_SWALLOWS: {
    text: 'Errors vanish here: {caught} is caught and nothing is done.',
    remedy: 'Log and count the error, and answer with a 4xx or a fallback.',
  },
  EXCEPT_BROAD: {
    text: 'All errors are treated alike here: {caught} is caught and not raised again.',
    remedy: 'Catch the errors you expect, and let others reach the framework.',
  },
  EXCEPT_UNRECORDED: {
    text: 'An error of the model leaves no trace here: {caught} is caught, not logged, counted or raised.',
    remedy: 'Log the error and count it.',
  },
  PREDICT_UNGUARDED: {
    text: 'Nothing is seen to catch an error of {callee} on the way from {places:list}.',
    remedy: 'Catch what the model may raise, here or in an error handler of the framework.',
    explain: 'Middleware may catch it unseen, so this is a warning alone.',
  },
  PREDICT_CALL_UNSEEN: {
    text: 'No call of a model is seen in {files:list}.',
    remedy: 'Name the code that asks the model in code.serving.',
    explain: 'Calls are known by their names: predict and its kin, infer, the run of a session.',
  },
  CALL_WITHOUT_TIMEOUT: {
    text: '{callee} may wait for ever: it has no timeout.',
    remedy: 'Pass timeout=.',
  },
}
