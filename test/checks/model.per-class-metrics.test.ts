import { testProjects } from './projects.ts'

testProjects('model.per-class-metrics')
