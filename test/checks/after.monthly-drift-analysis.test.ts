import { testProjects } from './projects.ts'

testProjects('after.monthly-drift-analysis')
