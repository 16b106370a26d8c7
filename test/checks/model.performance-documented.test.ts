import { testProjects } from './projects.ts'

testProjects('model.performance-documented')
