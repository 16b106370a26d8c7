import { testProjects } from './projects.ts'

testProjects('data.scaling-saved')
