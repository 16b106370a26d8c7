import { testProjects } from './projects.ts'

testProjects('code.serialization')
