import { testProjects } from './projects.ts'

testProjects('code.dependencies-pinned')
