import type { Messages } from './message.ts'

/** The fitted steps in front of the model: scalers, encoders, imputers and the classes. */
export const preprocessingMessages: Messages = {
  STEP_FILE_MISSING: {
    text: 'The {kind} that the manifest declares in {file} is not there.',
    remedy: 'Save it there, or correct the path.',
  },
  STEP_FILE_UNREADABLE: {
    text: 'The {kind} in {file} cannot be read: {reason}.',
    remedy: 'Fetch or save the file again; mlcheck inspect says what is in it.',
  },
  STEP_ABSENT: {
    text: '{file} holds no {kind}, though the manifest declares one there.',
    remedy: 'Save the fitted {kind} there, or take the entry out of the manifest.',
  },
  STEP_COLUMNS_MISSING: {
    text: 'No {kind} in {file} sees the columns {columns:list}, which the manifest declares.',
    remedy: 'Fit the {kind} on the declared columns, or declare the columns that it sees.',
  },
  STEP_COLUMNS_UNDECLARED: {
    text: '{kind} in {file} sees the columns {columns:list} too, which its entries do not name.',
    remedy: 'Name them under preprocessing, in their order, or fit the {kind} without them.',
  },
  STEP_ORDER_DIFFERS: {
    text: 'Column {position:id} of {step} in {file} is {saved}; by the order of the manifest it is {declared}.',
    remedy: 'Declare the columns in the order in which the {kind} was fitted.',
  },
  STEP_INPUT_DIFFERS: {
    text: '{step} in {file} was fitted on {fitted:list} and is given {given:list}.',
    remedy: 'Fit the pipeline as a whole, and save what fit left.',
    explain:
      'The columns of a column transformer are handed on in their order, so the step would take one for another.',
  },
  STEP_UNDECLARED: {
    text: '{file} holds a {kind} that the manifest does not declare: {steps:list}.',
    remedy: 'Declare it under preprocessing, inside: model, with its columns.',
  },
  SCALER_NONE: {
    text: 'The manifest declares no scaler, and none was found in {file} (file: {state}).',
    remedy: 'Declare scalers under preprocessing, if there are any.',
  },
  SCALER_NOT_NEEDED: {
    text: '{file} holds {model}, which splits on the order of values, and no scaler is declared.',
    remedy: 'Nothing is to be done.',
  },
  SCALER_UNFITTED: {
    text: '{step} in {file} is not fitted.',
    remedy: 'Save what fit left, not the scaler that was given to it.',
  },
  SCALER_COLUMNS_UNKNOWN: {
    text: 'Which columns {step} in {file} scales is not known.',
    remedy: 'Name its columns, in their order, in its entry under preprocessing.',
  },
  SCALER_NOT_RECOMPUTED: {
    text: 'The parameters of {step} for {feature} cannot be computed again: {reason} ({file}).',
    remedy: 'Name in data.train the table that the scaler was fitted on.',
  },
  SCALER_CLASS_NOT_RECOMPUTED: {
    text: 'The parameters of {step} ({class}) in {file} cannot be computed again by mlcheck.',
    remedy: 'Compare them in a test of the project, and attest to it.',
  },
  SCALER_PARAMETER_NOT_LISTED: {
    text: '{parameter} of {step} in {file} is not listed as numbers, so it was not compared.',
    remedy: 'Save it as a plain array of 64-bit numbers.',
  },
  SCALER_LENGTH_DIFFERS: {
    text: '{step} in {file} has {saved:value} of {parameter} for {columns:column}.',
    remedy: 'Fit the scaler again on the declared columns.',
  },
  SCALER_NOT_FINITE: {
    text: '{parameter} of {step} for {feature} is no finite number ({file}).',
    remedy: 'Find the missing or infinite value that it was fitted on, and fit it again.',
  },
  SCALER_ORDER_DIFFERS: {
    text: '{step} in {file} has for {features:list} the parameters of {of:list}.',
    remedy: 'Fit the scaler on the columns in the order in which it is given them.',
  },
  SCALER_SAMPLE_VARIANCE: {
    text: '{step} in {file} divides by n - 1 (ddof 1) where fitting divides by n: {features:list}.',
    remedy: 'Use the population variance (ddof 0), as StandardScaler does.',
  },
  SCALER_MEAN_DIFFERS: {
    text: '{parameter} of {step} for {feature} is {saved:vs_recomputed}, the training data give {recomputed:vs_saved} ({file}).',
    remedy: 'Fit the scaler on data.train, or name in data.train what it was fitted on.',
  },
  SCALER_VARIANCE_DIFFERS: {
    text: '{parameter} of {step} for {feature} is {saved:vs_recomputed}, the training data give {recomputed:vs_saved} ({file}).',
    remedy: 'Fit the scaler on data.train, or name in data.train what it was fitted on.',
  },
  SCALER_PARAMETER_DIFFERS: {
    text: '{parameter} of {step} for {feature} is {saved:vs_recomputed}, the training data give {recomputed:vs_saved} ({file}).',
    remedy: 'Fit the scaler on data.train, or name in data.train what it was fitted on.',
  },
  SCALER_ROWS_DIFFER: {
    text: '{step} in {file} says that it saw {saved:row}; the training data have {rows:count}.',
    remedy: 'Fit it on all rows of data.train, or name in data.train what it was fitted on.',
  },
  ENCODER_NONE: {
    text: 'The manifest declares no encoder, and neither an encoder nor classes were found in {file} (file: {state}).',
    remedy: 'Declare encoders under preprocessing, if there are any.',
  },
  ENCODER_UNFITTED: {
    text: '{step} in {file} is not fitted.',
    remedy: 'Save what fit left, not the encoder that was given to it.',
  },
  ENCODER_NOT_LISTED: {
    text: '{step} in {file} keeps no categories that can be listed.',
    remedy: 'Save the fitted encoder in a format that mlcheck inspect shows.',
  },
  ENCODER_COLUMNS_UNKNOWN: {
    text: 'Which columns {step} in {file} encodes is not known.',
    remedy: 'Name its columns, in their order, in its entry under preprocessing.',
  },
  ENCODER_LENGTH_DIFFERS: {
    text: '{step} in {file} has categories of {saved:column}, and encodes {columns:count}.',
    remedy: 'Fit the encoder again on the declared columns.',
  },
  ENCODER_NOT_COMPARED: {
    text: 'The categories of {step} for {feature} cannot be held against the data: {reason} ({file}).',
    remedy: 'Name in data.train the table that the encoder was fitted on.',
  },
  ENCODER_CATEGORY_TWICE: {
    text: '{step} in {file} has categories of {feature} more than once: {values:list}.',
    remedy: 'Fit the encoder again; each category stands once.',
  },
  ENCODER_NOT_SORTED: {
    text: '{step} in {file} has the categories of {feature} in an order that fitting does not make: {values:list}.',
    remedy: 'Fit the encoder again, or give it the categories in this order when it is made.',
  },
  ENCODER_CATEGORY_MISSING: {
    text: '{step} in {file} does not know values of {feature} in {rows:row} ({share:share}) of the training data: {values:list}; unknown values: {policy}.',
    remedy: 'Fit the encoder on data.train.',
  },
  ENCODER_ORDER_DIFFERS: {
    text: '{step} in {file} has for {feature} the categories of {other}.',
    remedy: 'Fit the encoder on the columns in the order in which it is given them.',
  },
  ENCODER_TYPE_DIFFERS: {
    text: '{step} in {file} keeps the categories of {feature} as {kind}, the data hold {holds} ({physical}).',
    remedy: 'Fit the encoder on values of the type that serving gives it.',
    explain: 'In Python "1" and 1 are two values: an encoder of one does not know the other.',
  },
  ENCODER_UNSEEN_UNDECLARED: {
    text: 'The manifest does not say what happens to unseen values of {feature}; {step} in {file}: {policy}.',
    remedy: 'Set unseen of the feature to reject, ignore or other.',
  },
  ENCODER_UNSEEN_DIFFERS: {
    text: 'Unseen values of {feature} are declared as {unseen}; {step} in {file}: {policy}.',
    remedy: 'Set handle_unknown of the encoder to what the manifest promises.',
  },
  ENCODER_DECLARED_UNKNOWN: {
    text: '{step} in {file} does not know declared values of {feature}: {values:list}; unknown values: {policy}.',
    remedy: 'Fit the encoder on data that have them, or declare only what it knows.',
  },
  ENCODER_VALUE_UNDECLARED: {
    text: '{step} in {file} knows values of {feature} that the manifest does not name: {values:list}.',
    remedy: 'Declare the values that the encoder was fitted on.',
  },
  CLASSES_NOT_SORTED: {
    text: 'The classes of the model in {file} are not in ascending order: {classes:list}.',
    remedy: 'Save the classifier as fit left it: its scores stand in the order of its classes.',
    explain: 'A fit of scikit-learn sorts the classes; another order was put in afterwards.',
  },
  CLASSES_MISSING: {
    text: 'The model in {file} has no class for {values:list} of {origin}.',
    remedy: 'Train the model on every label, or correct the labels.',
  },
  CLASSES_WITHOUT_SCORE: {
    text: 'The predictions of {split} have no score for the classes {values:list} of the model in {file}.',
    remedy: 'Name the score column of each class.',
  },
  VOCABULARY_ID_TWICE: {
    text: '{file} gives the number or the text of another entry to {values:list}.',
    remedy: 'Give each text a number of its own.',
  },
  VOCABULARY_HOLES: {
    text: '{file} has {holes:value} between {lowest:id} and {highest:id} that no text has.',
    remedy: 'Number the texts without holes, or say in the model card what the others are for.',
  },
  VOCABULARY_NOT_COMPARED: {
    text: 'The texts of {file} cannot be held against {feature} in the training data.',
    remedy: 'Name in data.train a table that holds the column as texts.',
  },
  VOCABULARY_VALUE_MISSING: {
    text: '{file} has no number for values of {feature} in the training data: {values:list}.',
    remedy: 'Make the vocabulary from data.train.',
  },
  IMPUTER_UNFITTED: {
    text: '{step} in {file} is not fitted.',
    remedy: 'Save what fit left, not the imputer that was given to it.',
  },
  IMPUTER_LENGTH_DIFFERS: {
    text: '{step} in {file} has fills for {saved:column}, and sees {columns:count}.',
    remedy: 'Fit the imputer again on the declared columns.',
  },
  IMPUTER_NOT_RECOMPUTED: {
    text: 'What {step} puts into gaps of {feature} ({strategy}) cannot be computed again ({file}).',
    remedy: 'Name in data.train the table that the imputer was fitted on.',
  },
  IMPUTER_VALUE_DIFFERS: {
    text: '{step} in {file} fills gaps of {feature} with {saved:vs_recomputed}; by its strategy {strategy} the training data give {recomputed:vs_saved}.',
    remedy: 'Fit the imputer on data.train, or name in data.train what it was fitted on.',
  },
}
