import { testProjects } from './projects.ts'

testProjects('model.error-analysis')
