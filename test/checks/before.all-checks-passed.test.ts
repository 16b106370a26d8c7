import { testProjects } from './projects.ts'

testProjects('before.all-checks-passed')
