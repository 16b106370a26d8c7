import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Command } from 'commander'
import { InterruptedError } from '../../core/errors.ts'
import { inspectionJson } from '../../report/inspection/json.ts'
import { inspectionText } from '../../report/inspection/text.ts'
import { addViewOptions, type ViewFlags } from '../options.ts'
import { print, viewOptions, withContext, type Session } from '../session.ts'

interface InspectFlags extends ViewFlags {
  readonly json?: boolean
  readonly config?: string
}

const EXAMPLES = `
Examples:
  mlcheck inspect model.joblib
  mlcheck inspect model.onnx scaler.skops -v
  mlcheck inspect mlflow/model --json > model.json
  mlcheck inspect requirements.txt

Nothing is loaded, imported or run: a pickle is read instruction by instruction, every other
format by its header. The content decides what a file is, not its name.

  safe          all of it is understood, and nothing in it runs code     exit code 0
  unsafe        loading it runs or may run code that is known to harm    exit code 1
  inconclusive  a part is not understood, or is known to no list         exit code 3
  A path that cannot be read                                             exit code 2

Read: pickle and joblib, skops, npy and npz, PyTorch, ONNX, safetensors with shards, Keras .keras
and .h5, LightGBM text, XGBoost JSON and UBJSON, CatBoost, PMML, MLflow folders; pointers of Git
LFS, DVC and git-annex; requirement files, lock files, conda environments and Dockerfiles, which
are safe when every version is exact. Names that your models need are allowed in mlcheck.yaml,
under inspect.`

export function addInspectCommand(program: Command, session: Session): void {
  const command = program
    .command('inspect')
    .summary('what a model file holds, and whether loading it is safe')
    .description('Says what can be known of model files without running anything.')
    .argument('<file...>', 'model files, folders of MLflow models, files of dependencies')
    .option('--json', 'one JSON document with all parameters as numbers')
    .option('--config <path>', 'settings file instead of the nearest mlcheck.yaml')
  addViewOptions(command, {
    quiet: 'only files that are not safe, with the reasons; no progress',
    verbose: 'every global and parameter, and the stack of an internal error',
  })
    .addHelpText('after', EXAMPLES)
    .action(async (files: readonly string[], flags: InspectFlags) => {
      const options = viewOptions(session, flags)
      const { config } = flags
      const result = await withContext(session, flags, async (context) => {
        const { runInspect } = await session.apps.inspect()
        return runInspect({ files, ...(config === undefined ? {} : { config }) }, context)
      })
      // A signal that came while something was computed is seen when the event loop turns.
      await nextTurn()
      if (session.world.signal.aborted) throw new InterruptedError()
      const isJson = flags.json === true
      await print(session, isJson ? inspectionJson(result) : inspectionText(result, options))
      session.end(result.verdict.exitCode)
    })
}
