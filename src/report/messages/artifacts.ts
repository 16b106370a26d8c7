import type { Messages } from './message.ts'

/** Model files read as data: what they refer to, and what of them could not be read. */
export const artifactMessages: Messages = {
  ZIP_UNREADABLE: {
    text: '{file} is no whole zip archive: {problem}.',
    remedy: 'Copy or export the file again.',
  },
  ZIP_TOO_MANY_ENTRIES: {
    text: '{file} has {count:count} files, at most {limit:count} are read.',
    remedy: 'Export the model again; no model has this many parts.',
  },
  ZIP_NAME_REPEATED: {
    text: 'The archive holds {name:quoted} more than once, or names that differ in case alone.',
    remedy: 'Export the file again: two readers may open different contents.',
  },
  ZIP_NAME_UNSAFE: {
    text: 'The archive holds a file that would be unpacked outside its folder: {name:quoted}.',
    remedy: 'Do not unpack it; find out who made it.',
  },
  ZIP_ENTRY_ENCRYPTED: {
    text: '{name:quoted} in the archive is encrypted.',
    remedy: 'Save the model without a password.',
  },
  ZIP_ENTRIES_OVERLAP: {
    text: 'The files in the archive take {bytes:bytes} and the archive has {archiveBytes:bytes}: they share bytes.',
    remedy: 'Do not unpack it; archives that expand without end are made so.',
  },
  ZIP_BYTES_BEFORE: {
    text: '{bytes:bytes} stand before the first file of the archive.',
    remedy: 'Export the file again: another reader may take these bytes for the model.',
  },
  ZIP_ENTRY_MISSING: {
    text: '{name:quoted} is not in the archive.',
    remedy: 'Export the file again.',
  },
  ZIP_ENTRY_OVER_LIMIT: {
    text: '{name:quoted} in the archive has {bytes:bytes_vs_limit}, at most {limit:bytes_vs_bytes} are read.',
    remedy: 'Export the file again; raise the limit only for a file that you made.',
  },
  ZIP_ENTRY_DAMAGED: {
    text: '{name:quoted} in the archive is damaged: {problem}.',
    remedy: 'Copy or export the file again.',
  },
  NPY_UNREADABLE: {
    text: '{name:quoted} is no whole numpy array: {reason}.',
    remedy: 'Save the array again with numpy.save.',
  },
  SKOPS_LOADER_UNKNOWN: {
    text: 'The skops file asks for the loader {loader:quoted}, which is not known.',
    remedy: 'Save the model with a released version of skops.',
  },
  SKOPS_MALFORMED: {
    text: 'The skops file cannot be followed as a whole: {reason}.',
    remedy: 'Save the model again with skops.io.dump.',
  },
  TORCH_MALFORMED: {
    text: 'The torch file cannot be followed as a whole: {reason}.',
    remedy: 'Save the model again with torch.save, as a state_dict.',
  },
  TORCH_SCRIPT_CODE: {
    text: 'The torch file is a TorchScript programme, whose code is not read.',
    remedy: 'Export to ONNX, or save the state_dict.',
  },
  GLOBAL_DENIED: {
    text: 'Loading the file would reach {global:quoted}, which {reason}.',
    remedy: 'Do not load the file; find out who made it.',
  },
  GLOBAL_DENIED_BY_PROJECT: {
    text: 'The file refers to {global:quoted}, which inspect.deny forbids.',
    remedy: 'Save the model without it.',
  },
  GLOBAL_UNKNOWN: {
    text: 'The file refers to {global:quoted}, which is on no list.',
    remedy:
      'Look at what it does when it is loaded; if it is harmless, name it in inspect.allow of mlcheck.yaml.',
  },
  GLOBAL_OF_MAIN: {
    text: 'The file refers to {name:quoted} of the programme that saved it, and loads in no other one.',
    remedy: 'Move it into a module that is installed with the model, and save the model again.',
  },
  PICKLE_CUT_OFF: {
    text: 'The pickle is cut off at byte {offset:count}.',
    remedy: 'Copy or save the file again.',
  },
  PICKLE_MALFORMED: {
    text: 'The pickle is broken at byte {offset:count}: {problem}.',
    remedy: 'Save the model again; do not load a file that was changed by hand.',
  },
  PICKLE_OPCODE_UNKNOWN: {
    text: 'Byte {offset:count} of the pickle, {opcode:id}, is no instruction.',
    remedy: 'Save the model again with a released Python.',
  },
  PICKLE_TOO_MANY_OBJECTS: {
    text: 'The pickle takes the memory of more than {limit:count} numbers; the rest was not read.',
    remedy: 'Save the model in a format of arrays, such as safetensors or ONNX.',
  },
  PICKLE_TEXT_TOO_LONG: {
    text: 'The pickle holds a text of {bytes:bytes} at byte {offset:count}; it was not read further.',
    remedy: 'Save the model with protocol 2 or later.',
  },
  INSPECTION_TIME_OUT: {
    text: 'The inspection took longer than {limit:count} ms and was ended.',
    remedy: 'Inspect the file alone on an idle machine, or save it in parts.',
  },
  PICKLE_EXTENSION: {
    text: 'The pickle refers to extension {number:id} at byte {offset:count}, which each programme sets for itself.',
    remedy: 'Save the model without the extension registry of copyreg.',
  },
  PICKLE_PERSISTENT_ID: {
    text: 'The pickle refers to something outside of it at byte {offset:count}, and it is not known what.',
    remedy: 'Save the model with joblib.dump, pickle.dump or the function of its library.',
  },
  PICKLE_BUFFER_OUTSIDE: {
    text: 'A buffer of the pickle lies outside of it (byte {offset:count}).',
    remedy: 'Save the model without buffer_callback.',
  },
  PICKLE_GLOBAL_COMPUTED: {
    text: 'The pickle computes the name of what it refers to (byte {offset:count}), so it cannot be judged.',
    remedy: 'Do not load the file; no library saves models so.',
  },
  PICKLE_CALL_COMPUTED: {
    text: 'The pickle computes what it calls, or with what (byte {offset:count}), so it cannot be judged.',
    remedy: 'Do not load the file unless you know who made it.',
  },
  PICKLE_GETATTR: {
    text: 'The pickle fetches an attribute of something that it computes.',
    remedy: 'Save the model without functions that are bound to objects.',
  },
  PICKLE_CHANGES_OTHER: {
    text: 'Loading the pickle would change what it did not make: {what:quoted} (byte {offset:count}).',
    remedy: 'Do not load the file; no library saves models so.',
  },
  PICKLE_BUILT_TWICE: {
    text: 'An object of the pickle is given its state twice (byte {offset:count}), so what was read may not be all.',
    remedy: 'Save the model again; no library saves models so.',
  },
  PICKLE_TRAILING: {
    text: 'Bytes follow the pickle from byte {offset:count} on that are no pickle.',
    remedy: 'Save the model again; do not append to the file.',
  },
  PICKLE_MORE: {
    text: 'The file holds {count:count} pickles, one after the other; a loader reads the first.',
    remedy: 'Save one model in one file.',
  },
  PICKLE_NESTED: {
    text: 'Bytes or texts of the file hold {count:count} pickles; what they refer to is judged as well.',
    remedy: 'Save the objects themselves instead of their pickles.',
  },
  PICKLE_NESTED_UNREAD: {
    text: 'Something of {bytes:bytes} inside the file looks like a pickle and was not read.',
    remedy: 'Save the objects themselves instead of their pickles.',
  },
  PICKLE_FRAMES: {
    text: 'The frames of the pickle (byte {offset:count}) end where no instruction does, and loaders read such a file differently.',
    remedy: 'Do not load the file unless you know who made it; save the object again where you do.',
  },
  PICKLE_INNER_BROKEN: {
    text: 'The pickle of an array of objects is broken (byte {offset:count}), and the file cannot be read further.',
    remedy: 'Copy or save the file again.',
  },
  ARRAY_TYPE_UNKNOWN: {
    text: 'The file holds an array whose type is not known.',
    remedy: 'Save arrays of plain numbers, text or times.',
  },
  ARRAY_BROKEN: {
    text: 'The bytes of an array in the file do not fit its shape.',
    remedy: 'Copy or save the file again.',
  },
  JOBLIB_LAYOUT_OLD: {
    text: 'The file has the layout of joblib before 0.10 ({class}), whose arrays are not read.',
    remedy: 'Load it with the joblib that wrote it and save it with a current one.',
  },
  JOBLIB_ARRAY_UNKNOWN: {
    text: 'The file describes an array at byte {offset:count} in a way that is not known.',
    remedy: 'Save the model again with a released joblib.',
  },
  COMPRESSION_BROKEN: {
    text: 'The content, compressed as {format}, cannot be read to its end: {problem}.',
    remedy: 'Copy or save the file again.',
  },
  COMPRESSION_OVER_LIMIT: {
    text: 'The file of {bytes:bytes}, compressed as {format}, expands to more than {limit:bytes}; the rest was not read.',
    remedy: 'Save the model with less compression.',
  },
  ARTIFACT_MALFORMED: {
    text: 'The file is not whole or not of its format: {reason}.',
    remedy: 'Copy or export the file again.',
  },
  ARTIFACT_UNKNOWN: {
    text: 'The content is of no model format that is known.',
    remedy: 'Export the model in a format that can be read, such as ONNX, skops or safetensors.',
  },
  ARTIFACT_AMBIGUOUS: {
    text: 'The content can be read in more than one way: {formats:list}.',
    remedy: 'Export the file again: what is loaded depends on who loads it.',
  },
  ARTIFACT_IS_POINTER: {
    text: 'This is a pointer of {tool}, not the file itself.',
    remedy: 'Fetch the file: {command}.',
  },
  ARTIFACT_TOO_LARGE: {
    text: 'The file has {bytes:bytes_vs_limit}, at most {limit:bytes_vs_bytes} are read of this format.',
    remedy: 'Export the model in a format whose header can be read alone, such as ONNX.',
  },
  ARTIFACT_LEAVES_FOLDER: {
    text: 'The model names a file outside its folder: {file:quoted}.',
    remedy: 'Do not load it: whoever loads it reads that file.',
  },
  ARTIFACT_FILE_MISSING: {
    text: 'The model needs {file:quoted}, which is not there.',
    remedy: 'Copy the whole model, with the files beside it.',
  },
  ARTIFACT_FILE_SHORT: {
    text: '{file:quoted} ends before the weights that the model says it holds.',
    remedy: 'Copy the whole model again, with the files beside it.',
  },
  SAFETENSORS_INDEX_DIFFERS: {
    text: '{shard:quoted} and the index disagree on the tensors {tensors:list}.',
    remedy: 'Copy index and shards of the same export.',
  },
  ONNX_NAME_REPEATED: {
    text: 'The graph defines values more than once: {names:list}.',
    remedy: 'Export the model again: which definition counts depends on the runtime.',
  },
  ONNX_CUSTOM_OPERATORS: {
    text: 'The model needs operators that a plain ONNX runtime does not have: {operators:list}.',
    remedy: 'Serve it with the library that has these operators, and review that library.',
  },
  HDF5_PYTABLES: {
    text: 'The file was written by PyTables, which may store pickles that loading it runs.',
    remedy: 'Save the data as Parquet or npz.',
  },
  KERAS_CODE: {
    text: 'The model holds Python code that loading or calling it runs: {layers:list}.',
    remedy: 'Replace the Lambda layers by layers of Keras or by a registered class.',
    explain: 'A Lambda layer stores compiled Python code in the file; any code can stand there.',
  },
  KERAS_CUSTOM_OBJECTS: {
    text: 'The model names what is no part of models in Keras itself: {classes:list}.',
    remedy: 'Review the code of these classes; it runs when the model is loaded.',
  },
  KERAS_WEIGHTS_UNREAD: {
    text: 'The weights in {file:quoted} are missing or too large to be read.',
    remedy: 'Save the model again with its weights in one file.',
  },
  LIGHTGBM_CARRIAGE_RETURNS: {
    text: 'The lines end with CR LF, so the trees are not where the header says.',
    remedy: 'Restore the file as it was saved, and mark it as binary for git (-text).',
    explain:
      'The header counts the trees in bytes; a tool that changes line ends breaks the model.',
  },
  LIGHTGBM_TREE_SIZES: {
    text: 'Tree {tree:id} of {trees:count} is not where the header says.',
    remedy: 'Restore the file as it was saved: it was edited or cut off.',
  },
  CATBOOST_BINARY: {
    text: 'The binary format of CatBoost is recognised, and its features are not read.',
    remedy: "Save the model as JSON beside it: model.save_model('model.json', format='json').",
  },
  PMML_DOCUMENT_TYPE: {
    text: 'The document declares a document type or entities, through which a reader may fetch files.',
    remedy: 'Remove the DOCTYPE; no PMML export writes one.',
  },
  PMML_FOREIGN_FUNCTIONS: {
    text: 'The document calls functions that are none of PMML: {functions:list}.',
    remedy: 'Review the code behind these names; the scoring engine loads it.',
  },
  MLFLOW_CODE: {
    text: 'The folder brings Python code that is imported with the model: {files:list}.',
    remedy: 'Review these files, or log the model without code_paths.',
  },
  MLFLOW_LOADER: {
    text: 'The model is loaded by {module:quoted}, which is no part of MLflow.',
    remedy: 'Review that module; it runs when the model is loaded.',
  },
}
