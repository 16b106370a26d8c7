import { testProjects } from './projects.ts'

testProjects('after.daily-monitoring')
