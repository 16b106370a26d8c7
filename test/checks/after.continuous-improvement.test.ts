import { testProjects } from './projects.ts'

testProjects('after.continuous-improvement')
