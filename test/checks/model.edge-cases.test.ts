import { testProjects } from './projects.ts'

testProjects('model.edge-cases')
