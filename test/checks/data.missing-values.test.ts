import { testProjects, testProjectsInSandbox } from './projects.ts'

testProjects('data.missing-values')
testProjectsInSandbox('data.missing-values')
