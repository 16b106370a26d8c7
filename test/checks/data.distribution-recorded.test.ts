import { testProjects } from './projects.ts'

testProjects('data.distribution-recorded')
