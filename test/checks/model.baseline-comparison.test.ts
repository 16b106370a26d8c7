import { testProjects, testProjectsInSandbox } from './projects.ts'

testProjects('model.baseline-comparison')
testProjectsInSandbox('model.baseline-comparison')
