import { testProjects } from './projects.ts'

testProjects('model.size')
