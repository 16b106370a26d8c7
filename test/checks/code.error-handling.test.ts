import { testProjects } from './projects.ts'

testProjects('code.error-handling')
