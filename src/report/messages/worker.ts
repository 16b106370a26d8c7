import type { Messages } from './message.ts'

/** Running the saved model: talking to the worker command: its answers, its time and its memory. */
export const workerMessages: Messages = {
  WORKER_NOT_STARTED: {
    text: 'The worker did not start: {reason}.',
    remedy: 'Install the program, or correct run: of commands.worker.',
  },
  WORKER_EXITED: {
    text: 'The worker ended with exit code {exitCode:id} instead of answering. It said: {stderr:lines}',
    remedy:
      'Catch the error in the worker and answer it with {"id": …, "error": {"kind": "rejected"}}.',
    explain: 'A worker ends when its standard input is closed, and not before.',
  },
  WORKER_SIGNALLED: {
    text: 'The worker was ended by {signal} instead of answering. It said: {stderr:lines}',
    remedy: 'Look for too little memory (SIGKILL) or a crash of a native library (SIGSEGV).',
  },
  WORKER_TIMED_OUT: {
    text: 'The worker did not answer within {seconds:second}. It said: {stderr:lines}',
    remedy: 'Raise timeout: of commands.worker, or make the worker faster.',
  },
  WORKER_FLOODED: {
    text: 'The worker wrote {bytes:bytes} to its output streams and was ended.',
    remedy: 'Write answers to standard output, one line each, and less into the log.',
  },
  WORKER_ENDED: {
    text: 'The worker was ended before it answered.',
    remedy: 'Look at what it was asked before.',
  },
  WORKER_NOT_CLOSED: {
    text: 'The worker did not end within {seconds:second} after its standard input was closed.',
    remedy: 'End the worker when there is no further line to read.',
  },
  WORKER_LINE_NOT_JSON: {
    text: 'The worker wrote a line to standard output that is not JSON: {line:quoted}.',
    remedy: 'Send logs and progress to standard error.',
  },
  WORKER_LINE_WITHOUT_ID: {
    text: 'The worker wrote a line without the id of a request: {line:quoted}.',
    remedy: 'Copy the id of the request to its answer.',
  },
  WORKER_ID_UNKNOWN: {
    text: 'The worker answered the request {id:id}, which was not open; the last one was {asked:id}.',
    remedy: 'Copy the id of the request to its answer.',
  },
  WORKER_ID_REPEATED: {
    text: 'The worker answered the request {id:id} a second time.',
    remedy: 'Write one line for each request.',
  },
  WORKER_ANSWER_SHAPE: {
    text: 'An answer of the worker cannot be used: {problem}.',
    remedy:
      'Answer with {"id": …, "predictions": […]} or {"id": …, "error": {"kind": "rejected" or "fallback"}}.',
  },
  WORKER_ANSWER_COUNT: {
    text: 'The worker was asked about {asked:row} and gave {answered:count} predictions.',
    remedy: 'Answer with one prediction for each row, in their order.',
  },
  WORKER_ANSWER_COLUMNS: {
    text: 'The predictions of the worker have {columns:list}; missing: {missing:list}.',
    remedy:
      'Give each prediction the key prediction, and score or score_CLASS where the manifest declares one.',
  },
  WORKER_ANSWER_UNDEFINED: {
    text: 'The worker answered row {row:id} with {column} = {value:quoted}, which is no defined value.',
    remedy: 'Reject such rows, or answer them with a fallback.',
  },
  STORED_PREDICTIONS_NOT_COMPARED: {
    text: 'The stored predictions of {split} were not compared with those of the loaded model: {reason}.',
    remedy:
      'Store the predictions of every row of the data in its order, and name the file in predictions.',
  },
  STORED_COLUMNS_NOT_ANSWERED: {
    text: 'The predict command does not answer {columns:list}, so the stored values were not compared.',
    remedy: 'Write every stored score to the output file, as score or score_CLASS.',
  },
  LOADED_MODEL_DOES_NOT_PREDICT: {
    text: 'The loaded model gives no usable answer to the rows of {split}: {problem}.',
    remedy: 'Run the predict command by hand on a few rows, in a new process.',
  },
  LOADED_MODEL_PREDICTS_OTHERWISE: {
    text: 'The loaded model differs from the stored predictions in {differing:count} of {rows:row}; row {row:id}, {column}: stored {stored:or_none}, now {answered}.',
    remedy:
      'Save the model that the predictions are from, and load it with the versions that saved it.',
  },
  MODEL_FILE_NOT_UNDERSTOOD: {
    text: 'The model file is of no format that can be read as data; the runs alone speak for it.',
    remedy:
      'Save the model as joblib, skops, ONNX or safetensors, which can be read without running them.',
  },
  MODEL_FILE_NOT_WHOLE: {
    text: 'The model file ({kind}) could not be read as a whole.',
    remedy: 'See what mlcheck inspect says of it.',
  },
  MODEL_SAVED_BY_OTHER_VERSION: {
    text: 'The model was saved by {library} {saved}, and {locked} is pinned.',
    remedy: 'Serve with the version that saved the model, or save it again.',
    explain: 'Libraries warn of this at most, and promise nothing across versions.',
  },
  EDGE_REAL_ROW_REFUSED: {
    text: 'The worker does not predict a real row of the data: it declares {kind}. It said: {message:lines}',
    remedy: 'Find out why the worker refuses rows of its own data.',
  },
  EDGE_CASES_NOT_ASKED: {
    text: '{notAsked:count} edge cases were not asked, because the worker had ended too often.',
    remedy: 'Make the worker survive the cases that are named first.',
  },
  EDGE_CASES_BEYOND_BOUND: {
    text: '{notAsked:count} edge cases were not asked: over the predict command each may take a process, and both their number and their time are bounded.',
    remedy: 'Declare commands.worker, which answers all cases in one process.',
    explain: 'At most 120 processes are started, and none after five minutes.',
  },
  EDGE_REFUSALS_UNCAUGHT: {
    text: '{rejected:count} edge cases are rejected by an error that nobody caught: {cases:list}.',
    remedy:
      'Check rows before the model sees them, and end with a message and a non-zero exit code.',
    explain: 'A stack trace on standard error tells a crash from a refusal.',
  },
  EDGE_EXPECTATION_UNUSABLE: {
    text: 'These entries of expect fit no case: {entries:all}.',
    remedy: 'Write KIND=BEHAVIOUR or KIND:FEATURE=BEHAVIOUR, with reject, fallback or predict.',
  },
  EDGE_CASE_BREAKS: {
    text: 'The case {case} goes wrong (features: {features:list}): {problem} (details: {about:or_none}).',
    remedy:
      'Check rows before the model sees them, and refuse what it cannot take: over the worker with an error of kind rejected, else with a non-zero exit code.',
  },
  EDGE_CASE_UNDECLARED: {
    text: 'The case {case} is predicted without a word, and nothing is declared of it (features: {features:list}).',
    remedy: 'Declare missing, unseen, min and max of these features, or expect in the checklist.',
  },
  EDGE_CASE_NOT_AS_DECLARED: {
    text: 'The case {case} is answered by {behaviour}, expected is {expected:list} (features: {features:list}).',
    remedy: 'Correct how rows are checked, or what the manifest declares of these features.',
  },
  EDGE_CASE_ANSWERED_OTHERWISE: {
    text: 'In the case {case} the same rows get other predictions than each alone.',
    remedy: 'Take columns by their name, and keep statistics of the batch out of inference.',
  },
  EDGE_CASE_OTHER_COLUMN_CHANGES: {
    text: 'In the case {case} the same rows get other values than each alone in {columns:list}, which the protocol does not know.',
    remedy: 'Name scores score or score_CLASS, and write what varies by nature into the log.',
    explain: 'Nobody says whether such a column is a prediction, so equal answers are not shown.',
  },
  MODEL_MEMORY_UNKNOWN: {
    text: 'How much memory the worker needs is not known: it did not answer to the end, or the system does not tell; the limit is {limit:bytes}.',
    remedy: 'See what model.latency says of the worker, or audit on Linux.',
  },
  MODEL_NEEDS_TOO_MUCH_MEMORY: {
    text: 'The worker needed more memory than the limit of {limit:bytes}.',
    remedy:
      'See run.measurements in the JSON result; load less, or raise model.limits.memory with a reason.',
    explain: 'The peaks of its processes are added, so pages that they share count more than once.',
  },
  MODEL_NEAR_MEMORY_LIMIT: {
    text: 'The worker needed more than {share:share} of the memory limit of {limit:bytes}.',
    remedy: 'See run.measurements in the JSON result; plan for a smaller model or a larger limit.',
  },
  LATENCY_LIMIT_UNDECLARED: {
    text: 'How long a prediction may take is not declared: {block} is missing.',
    remedy: 'Declare {block} from what the callers can wait.',
  },
  LATENCY_TOO_FEW_CALLS: {
    text: 'Fewer than {needed:count} single-row calls could be measured in the time there is.',
    remedy: 'Make the worker faster, or lower min_calls of the item.',
  },
  LATENCY_TOO_NOISY: {
    text: 'Some calls took longer than the limit of {limit:number} ms, and the times vary by more than {largest:number} times their mean.',
    remedy: 'Measure on a machine that does nothing else.',
  },
  LATENCY_ROWS_NOT_PREDICTED: {
    text: 'In {declared:count} of {calls:count} calls the worker declared an error instead of predicting a row of the data.',
    remedy: 'Find out why the worker refuses rows of its own data.',
  },
  LATENCY_ABOVE_LIMIT: {
    text: 'The 95th percentile of a single-row call is above the limit of {limit:number} ms.',
    remedy:
      'See run.measurements in the JSON result; load the model once, and profile a single row.',
  },
  LATENCY_NEAR_LIMIT: {
    text: 'The 95th percentile of a single-row call is within the limit of {limit:number} ms, but not with certainty: the upper end of its interval is above.',
    remedy: 'See run.measurements in the JSON result; plan for a faster model or a higher limit.',
  },
}
