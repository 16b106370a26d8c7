import { testProjects } from './projects.ts'

testProjects('before.team-trained')
