import { testProjects, testProjectsInSandbox } from './projects.ts'

testProjects('code.integration-tests')
testProjectsInSandbox('code.integration-tests')
