import { testProjects } from './projects.ts'

testProjects('after.quarterly-retraining-evaluation')
