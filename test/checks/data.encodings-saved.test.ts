import { testProjects } from './projects.ts'

testProjects('data.encodings-saved')
