import { testProjects, testProjectsInSandbox } from './projects.ts'

testProjects('code.reproducibility')
testProjectsInSandbox('code.reproducibility')
