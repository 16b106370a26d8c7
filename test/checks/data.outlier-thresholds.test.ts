import { testProjects } from './projects.ts'

testProjects('data.outlier-thresholds')
