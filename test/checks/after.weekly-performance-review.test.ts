import { testProjects } from './projects.ts'

testProjects('after.weekly-performance-review')
