import { testProjects } from './projects.ts'

testProjects('data.missing-values')
