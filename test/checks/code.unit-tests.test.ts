import { testProjects, testProjectsInSandbox } from './projects.ts'

testProjects('code.unit-tests')
testProjectsInSandbox('code.unit-tests')
