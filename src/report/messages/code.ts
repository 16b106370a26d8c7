import type { Messages } from './message.ts'

/** Running the predict and the training command, and whether they give the same again. */
export const codeMessages: Messages = {
  PREDICT_COMMAND_INCOMPLETE: {
    text: 'The predict command lacks {missing:list}.',
    remedy: 'Name both files in the list run: of commands.predict.',
  },
  PREDICT_NOT_STARTED: {
    text: 'The predict command did not start: {reason}.',
    remedy: 'Install the program, or correct run: of commands.predict.',
  },
  PREDICT_EXITED: {
    text: 'The predict command ended with exit code {exitCode:id} (run: {variation}). It said: {stderr:lines}',
    remedy: 'Run the command by hand on a few rows.',
  },
  PREDICT_SIGNALLED: {
    text: 'The predict command was ended by {signal} (run: {variation}). It said: {stderr:lines}',
    remedy: 'Look for too little memory (SIGKILL) or a crash of a native library (SIGSEGV).',
    explain: 'Exit code 128 + n counts as signal n: a shell between tells it so.',
  },
  PREDICT_TIMED_OUT: {
    text: 'The predict command did not end within {seconds:second} (run: {variation}). It said: {stderr:lines}',
    remedy: 'Raise timeout: of commands.predict, or make the command faster.',
  },
  PREDICT_FLOODED: {
    text: 'The predict command wrote {bytes:bytes} to its output streams and was ended (run: {variation}).',
    remedy: 'Write predictions into the output file, and less into the log.',
  },
  PREDICT_OUTPUT_MISSING: {
    text: 'The predict command ended well and wrote no output file (run: {variation}).',
    remedy: 'Write the predictions to the path that the command is given.',
  },
  PREDICT_OUTPUT_TOO_LARGE: {
    text: 'The output file has {bytes:bytes_vs_limit}, at most {limit:bytes_vs_bytes} are read (run: {variation}).',
    remedy: 'Write one line for each row that was asked, and no other columns.',
  },
  PREDICT_OUTPUT_UNREADABLE: {
    text: 'Line {line:id} of the output file cannot be read: {problem} (run: {variation}).',
    remedy: 'Write plain CSV with a header.',
  },
  PREDICT_OUTPUT_COLUMNS: {
    text: 'The output file has the columns {columns:list}; missing: {missing:list}; repeated: {repeated:list} (run: {variation}).',
    remedy: 'Write __row and prediction once each, and score or score_CLASS.',
    explain: 'A score is required where the manifest declares one for its predictions.',
  },
  PREDICT_OUTPUT_UNKNOWN_ROW: {
    text: 'The output file has a line for row {row:quoted}, which was not asked (run: {variation}).',
    remedy: 'Copy __row of the input to the output.',
  },
  PREDICT_OUTPUT_REPEATED_ROW: {
    text: 'The output file answers row {row:quoted} more than once (run: {variation}).',
    remedy: 'Write one line for each row of the input.',
  },
  PREDICT_OUTPUT_ROWS_MISSING: {
    text: 'The output file answers {answered:count} of {asked:row}; lost: {rows:list} (run: {variation}).',
    remedy: 'Write one line for each row of the input, rows with gaps included.',
  },
  PREDICT_OUTPUT_UNDEFINED: {
    text: 'The {column} of row {row:quoted} is {value:quoted}, which is no prediction (run: {variation}).',
    remedy:
      'Answer every row with a defined value; scores must be finite numbers, and lie in 0 to 1 for a classification.',
  },
  INPUT_CHANGED_DURING_RUN: {
    text: 'Files that the audit reads were changed while a command of the project ran: {files:list}.',
    remedy: 'Let the command write nothing but its output file, then run the audit again.',
    explain:
      'Everything else was read before the first command, so other items are not touched by it. A run on files that change proves nothing.',
  },
  MISSING_REFUSAL_CRASHES: {
    text: 'Without {feature}, which the policy says is rejected, the model crashes where it should refuse (asked on a row of {data}): {problem:id}. It said: {stderr:lines}',
    remedy:
      'Check the value, name the feature on standard error and end with a non-zero exit code.',
    explain:
      'A refusal is an answer without the row or with no prediction for it, or a non-zero exit that names the feature or the row on standard error. An error that nobody caught is none, and warns; a signal, a hang or a flood fails.',
  },
  REPRODUCIBILITY_TOO_FEW_ROWS: {
    text: '{data} has {rows:row}, fewer than the {needed:count} from which order and batch can be told.',
    remedy: 'Give a data file with more rows.',
    explain: 'A few rows have hardly an order to change, and hardly a batch to be taken from.',
  },
  PREDICTION_OTHER_COLUMN_CHANGES: {
    text: '{changed:count} of {rows:row} get another {column}, a column that the protocol does not know (run: {variation}); row {row:quoted} has {first:quoted} first and {second:quoted} then.',
    remedy: 'Name scores score or score_CLASS, and write what varies by nature into the log.',
    explain: 'Nobody says whether such a column is a prediction, so equal answers are not shown.',
  },
  PREDICTION_COLUMNS_CHANGE: {
    text: 'The columns of the answer change between runs: {columns:list} (run: {variation}).',
    remedy: 'Write the same columns for any rows.',
  },
  PREDICTION_LABELS_CHANGE: {
    text: '{changed:count} of {rows:row} get another label (run: {variation}); row {row:quoted} has {first:quoted} first and {second:quoted} then.',
    remedy: 'Fix every seed, and keep statistics of the batch out of inference.',
    explain:
      'The runs differ from the first in one thing: nothing (repeated), the ids of the rows (fresh-ids), their order with ids by position (shuffled-rows), the batch (single-rows), the hash seed or the number of threads.',
  },
  PREDICTION_SCORES_CHANGE: {
    text: '{changed:count} of {rows:row} get another {column}, by up to {largest:number} (run: {variation}); row {row:quoted} has {first} first and {second} then.',
    remedy:
      'Fix every seed, keep statistics of the batch out of inference, and pin the number of threads.',
    explain:
      'Scores that move beyond absolute_tolerance and relative_tolerance fail; where only the number of threads changes they warn, because sums are then added in another order.',
  },
  TRAINING_NOT_STARTED: {
    text: 'The training command did not start: {reason}.',
    remedy: 'Install the program, or correct run: of commands.train.',
  },
  TRAINING_EXITED: {
    text: 'The training command ended with exit code {exitCode:id}. It said: {stderr:lines}',
    remedy:
      'Run the command by hand, without network and with an output path outside of the project.',
    explain: 'Commands run without network and on a copy of the folder where the system allows it.',
  },
  TRAINING_SIGNALLED: {
    text: 'The training command was ended by {signal}. It said: {stderr:lines}',
    remedy: 'Look for too little memory (SIGKILL) or a crash of a native library (SIGSEGV).',
  },
  TRAINING_TIMED_OUT: {
    text: 'The training command did not end within {seconds:second}. It said: {stderr:lines}',
    remedy: 'Raise timeout: of commands.train.',
  },
  TRAINING_FLOODED: {
    text: 'The training command wrote {bytes:bytes} to its output streams and was ended.',
    remedy: 'Write the model into the output file, and less into the log.',
  },
  TRAINING_OUTPUT_MISSING: {
    text: 'The training command ended well and wrote no model.',
    remedy: 'Write the model to the output path that the command is given.',
  },
  TRAINING_OUTPUT_UNREADABLE: {
    text: 'What the training command wrote cannot be read as a model: {reason}.',
    remedy: 'Write the model as it is released, whole, to the output path.',
  },
  RETRAINED_FORMAT_DIFFERS: {
    text: 'The training command wrote a model of another format ({retrained}) than the released one ({released}).',
    remedy: 'Write the model in the form in which it is released.',
  },
  RETRAINED_MODEL_NOT_ASKED: {
    text: 'The predictions of the {model} model cannot be compared: {problem:id}.',
    remedy: 'Run the predict command by hand with the path of each model.',
  },
  RETRAINED_COLUMNS_DIFFER: {
    text: 'The predictions of the model that was trained again have other columns: {columns:list}.',
    remedy: 'Train on the same data with the same versions.',
  },
  RETRAINED_LABELS_DIFFER: {
    text: 'The model that was trained again gives {changed:count} of {rows:row} another {column}; row {row:quoted} has {released:quoted} by the released model and {retrained:quoted} by the other.',
    remedy:
      'Fix every seed of the training, and train on the data and versions of the released model.',
  },
  RETRAINED_SCORES_DIFFER: {
    text: 'The model that was trained again gives {changed:count} of {rows:row} another {column}, by up to {largest:number}; row {row:quoted} has {released} by the released model and {retrained} by the other.',
    remedy: 'Fix every seed of the training, and pin the number of its threads.',
  },
  RETRAINED_PARAMETERS_DIFFER: {
    text: 'The model that was trained again has other parameters: {parameters:list}; {place} is {released} in the released model and {retrained} in the other.',
    remedy:
      'Fix every seed of the training, and train on the data and versions of the released model.',
  },
  RETRAINED_MODEL_NOT_COMPARED: {
    text: 'The model that was trained again has other bytes than the released one, and not all of it can be compared: {parts:list}.',
    remedy:
      'Let commands.predict take the path of the model, as its placeholder model, so that both models can be asked.',
    explain: 'Bytes also differ where a file holds the time at which it was written.',
  },
}
