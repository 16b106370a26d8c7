import { testProjects } from './projects.ts'

testProjects('data.input-schema')
