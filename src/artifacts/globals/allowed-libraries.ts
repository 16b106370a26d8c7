// Written by scripts/allowed-globals.py from the installed libraries; do not edit.
type Names = Readonly<Record<string, string>>

export const scikitLearn: Names = {
  'sklearn._cyutility': '__pyx_unpickle_Enum',
  'sklearn._isotonic': '__pyx_unpickle_Enum',
  'sklearn._loss._loss':
    'CyAbsoluteError CyExponentialLoss CyHalfBinomialLoss CyHalfGammaLoss CyHalfMultinomialLoss CyHalfPoissonLoss CyHalfSquaredError CyHalfTweedieLoss CyHalfTweedieLossIdentity CyHuberLoss CyLossFunction CyPinballLoss __pyx_unpickle_CyAbsoluteError __pyx_unpickle_CyExponentialLoss __pyx_unpickle_CyHalfBinomialLoss __pyx_unpickle_CyHalfGammaLoss __pyx_unpickle_CyHalfMultinomialLoss __pyx_unpickle_CyHalfPoissonLoss __pyx_unpickle_CyHalfSquaredError __pyx_unpickle_CyHalfTweedieLoss __pyx_unpickle_CyHalfTweedieLossIdentity __pyx_unpickle_CyHuberLoss __pyx_unpickle_CyLossFunction __pyx_unpickle_CyPinballLoss __pyx_unpickle_Enum',
  'sklearn._loss.glm_distribution':
    'DistributionBoundary ExponentialDispersionModel GammaDistribution InverseGaussianDistribution NormalDistribution PoissonDistribution TweedieDistribution',
  'sklearn._loss.link':
    'BaseLink HalfLogitLink IdentityLink Interval LogLink LogitLink MultinomialLogit',
  'sklearn._loss.loss':
    'AbsoluteError ArrayAPILossMixin BaseLoss ExponentialLoss HalfBinomialLoss HalfBinomialLossArrayAPI HalfGammaLoss HalfMultinomialLoss HalfMultinomialLossArrayAPI HalfPoissonLoss HalfPoissonLossArrayAPI HalfSquaredError HalfTweedieLoss HalfTweedieLossIdentity HuberLoss PinballLoss',
  'sklearn.base':
    'BaseEstimator BiclusterMixin ClassNamePrefixFeaturesOutMixin ClassifierMixin ClusterMixin DensityMixin MetaEstimatorMixin MultiOutputMixin OneToOneFeatureMixin OutlierMixin RegressorMixin TransformerMixin _UnstableArchMixin',
  'sklearn.calibration':
    'CalibratedClassifierCV CalibrationDisplay _CalibratedClassifier _SigmoidCalibration _TemperatureScaling',
  'sklearn.cluster._affinity_propagation': 'AffinityPropagation',
  'sklearn.cluster._agglomerative': 'AgglomerativeClustering FeatureAgglomeration',
  'sklearn.cluster._bicluster': 'BaseSpectral SpectralBiclustering SpectralCoclustering',
  'sklearn.cluster._birch': 'Birch _CFNode _CFSubcluster',
  'sklearn.cluster._bisect_k_means': 'BisectingKMeans _BisectingTree',
  'sklearn.cluster._dbscan': 'DBSCAN',
  'sklearn.cluster._dbscan_inner': '__pyx_unpickle_Enum',
  'sklearn.cluster._feature_agglomeration': 'AgglomerationTransform',
  'sklearn.cluster._hdbscan._linkage': '__pyx_unpickle_Enum',
  'sklearn.cluster._hdbscan._reachability': '__pyx_unpickle_Enum',
  'sklearn.cluster._hdbscan._tree':
    'TreeUnionFind __pyx_unpickle_Enum __pyx_unpickle_TreeUnionFind',
  'sklearn.cluster._hdbscan.hdbscan': 'HDBSCAN',
  'sklearn.cluster._hierarchical_fast':
    'UnionFind WeightedEdge __pyx_unpickle_Enum __pyx_unpickle_UnionFind __pyx_unpickle_WeightedEdge',
  'sklearn.cluster._k_means_common': '__pyx_unpickle_Enum',
  'sklearn.cluster._k_means_elkan': '__pyx_unpickle_Enum',
  'sklearn.cluster._k_means_lloyd': '__pyx_unpickle_Enum',
  'sklearn.cluster._k_means_minibatch': '__pyx_unpickle_Enum',
  'sklearn.cluster._kmeans': 'KMeans MiniBatchKMeans _BaseKMeans',
  'sklearn.cluster._mean_shift': 'MeanShift',
  'sklearn.cluster._optics': 'OPTICS',
  'sklearn.cluster._spectral': 'SpectralClustering',
  'sklearn.compose._column_transformer':
    'ColumnTransformer _RemainderColsList make_column_selector',
  'sklearn.compose._target': 'TransformedTargetRegressor',
  'sklearn.covariance._elliptic_envelope': 'EllipticEnvelope',
  'sklearn.covariance._empirical_covariance': 'EmpiricalCovariance',
  'sklearn.covariance._graph_lasso': 'BaseGraphicalLasso GraphicalLasso GraphicalLassoCV',
  'sklearn.covariance._robust_covariance': 'MinCovDet',
  'sklearn.covariance._shrunk_covariance': 'LedoitWolf OAS ShrunkCovariance',
  'sklearn.cross_decomposition._pls': 'CCA PLSCanonical PLSRegression PLSSVD _PLS',
  'sklearn.decomposition._base': '_BasePCA',
  'sklearn.decomposition._cdnmf_fast': '__pyx_unpickle_Enum',
  'sklearn.decomposition._dict_learning':
    'DictionaryLearning MiniBatchDictionaryLearning SparseCoder _BaseSparseCoding',
  'sklearn.decomposition._factor_analysis': 'FactorAnalysis',
  'sklearn.decomposition._fastica': 'FastICA',
  'sklearn.decomposition._incremental_pca': 'IncrementalPCA',
  'sklearn.decomposition._kernel_pca': 'KernelPCA',
  'sklearn.decomposition._lda': 'LatentDirichletAllocation',
  'sklearn.decomposition._nmf': 'MiniBatchNMF NMF _BaseNMF',
  'sklearn.decomposition._online_lda_fast': '__pyx_unpickle_Enum',
  'sklearn.decomposition._pca': 'PCA',
  'sklearn.decomposition._sparse_pca': 'MiniBatchSparsePCA SparsePCA _BaseSparsePCA',
  'sklearn.decomposition._truncated_svd': 'TruncatedSVD',
  'sklearn.discriminant_analysis':
    'DiscriminantAnalysisPredictionMixin LinearDiscriminantAnalysis QuadraticDiscriminantAnalysis',
  'sklearn.dummy': 'DummyClassifier DummyRegressor',
  'sklearn.ensemble._bagging': 'BaggingClassifier BaggingRegressor BaseBagging',
  'sklearn.ensemble._base': 'BaseEnsemble _BaseHeterogeneousEnsemble',
  'sklearn.ensemble._forest':
    'BaseForest ExtraTreesClassifier ExtraTreesRegressor ForestClassifier ForestRegressor RandomForestClassifier RandomForestRegressor RandomTreesEmbedding',
  'sklearn.ensemble._gb':
    'BaseGradientBoosting GradientBoostingClassifier GradientBoostingRegressor VerboseReporter',
  'sklearn.ensemble._gb_losses':
    'BinomialDeviance ClassificationLossFunction ExponentialLoss HuberLossFunction LeastAbsoluteError LeastSquaresError LossFunction MultinomialDeviance QuantileLossFunction RegressionLossFunction',
  'sklearn.ensemble._gradient_boosting': '__pyx_unpickle_Enum',
  'sklearn.ensemble._hist_gradient_boosting._binning': '__pyx_unpickle_Enum',
  'sklearn.ensemble._hist_gradient_boosting._bitset': '__pyx_unpickle_Enum',
  'sklearn.ensemble._hist_gradient_boosting._gradient_boosting': '__pyx_unpickle_Enum',
  'sklearn.ensemble._hist_gradient_boosting._predictor': '__pyx_unpickle_Enum',
  'sklearn.ensemble._hist_gradient_boosting.binning': '_BinMapper',
  'sklearn.ensemble._hist_gradient_boosting.common':
    'MonotonicConstraint __pyx_unpickle___Pyx_EnumMeta',
  'sklearn.ensemble._hist_gradient_boosting.gradient_boosting':
    'BaseHistGradientBoosting HistGradientBoostingClassifier HistGradientBoostingRegressor',
  'sklearn.ensemble._hist_gradient_boosting.grower': 'TreeGrower TreeNode',
  'sklearn.ensemble._hist_gradient_boosting.histogram':
    'HistogramBuilder __pyx_unpickle_Enum __pyx_unpickle_HistogramBuilder',
  'sklearn.ensemble._hist_gradient_boosting.predictor': 'TreePredictor',
  'sklearn.ensemble._hist_gradient_boosting.splitting':
    'SplitInfo Splitter __pyx_unpickle_Enum __pyx_unpickle_Splitter',
  'sklearn.ensemble._hist_gradient_boosting.utils': '__pyx_unpickle_Enum',
  'sklearn.ensemble._iforest': 'IsolationForest',
  'sklearn.ensemble._stacking': 'StackingClassifier StackingRegressor _BaseStacking',
  'sklearn.ensemble._voting': 'VotingClassifier VotingRegressor _BaseVoting',
  'sklearn.ensemble._weight_boosting': 'AdaBoostClassifier AdaBoostRegressor BaseWeightBoosting',
  'sklearn.feature_extraction._dict_vectorizer': 'DictVectorizer',
  'sklearn.feature_extraction._hash': 'FeatureHasher',
  'sklearn.feature_extraction.image': 'PatchExtractor',
  'sklearn.feature_extraction.text':
    'CountVectorizer HashingVectorizer TfidfTransformer TfidfVectorizer _VectorizerMixin',
  'sklearn.feature_selection._base': 'SelectorMixin',
  'sklearn.feature_selection._from_model': 'SelectFromModel',
  'sklearn.feature_selection._mutual_info': 'mutual_info_classif mutual_info_regression',
  'sklearn.feature_selection._rfe': 'RFE RFECV',
  'sklearn.feature_selection._sequential': 'SequentialFeatureSelector',
  'sklearn.feature_selection._univariate_selection':
    'GenericUnivariateSelect SelectFdr SelectFpr SelectFwe SelectKBest SelectPercentile _BaseFilter chi2 f_classif f_oneway f_regression r_regression',
  'sklearn.feature_selection._variance_threshold': 'VarianceThreshold',
  'sklearn.frozen._frozen': 'FrozenEstimator',
  'sklearn.gaussian_process._gpc':
    'GaussianProcessClassifier _BinaryGaussianProcessClassifierLaplace',
  'sklearn.gaussian_process._gpr': 'GaussianProcessRegressor',
  'sklearn.gaussian_process.kernels':
    'CompoundKernel ConstantKernel DotProduct ExpSineSquared Exponentiation GenericKernelMixin Hyperparameter Kernel KernelOperator Matern NormalizedKernelMixin PairwiseKernel Product RBF RationalQuadratic StationaryKernelMixin Sum WhiteKernel',
  'sklearn.impute._base': 'MissingIndicator SimpleImputer _BaseImputer',
  'sklearn.impute._iterative': 'IterativeImputer _ImputerTriplet',
  'sklearn.impute._knn': 'KNNImputer',
  'sklearn.inspection._plot.decision_boundary': 'DecisionBoundaryDisplay',
  'sklearn.inspection._plot.partial_dependence': 'PartialDependenceDisplay',
  'sklearn.isotonic': 'IsotonicRegression',
  'sklearn.kernel_approximation':
    'AdditiveChi2Sampler Nystroem PolynomialCountSketch RBFSampler SkewedChi2Sampler',
  'sklearn.kernel_ridge': 'KernelRidge',
  'sklearn.linear_model._base':
    'LinearClassifierMixin LinearModel LinearRegression MultiOutputLinearModel SparseCoefMixin',
  'sklearn.linear_model._bayes': 'ARDRegression BayesianRidge',
  'sklearn.linear_model._cd_fast': '__pyx_unpickle_Enum',
  'sklearn.linear_model._coordinate_descent':
    'ElasticNet ElasticNetCV Lasso LassoCV LinearModelCV MultiTaskElasticNet MultiTaskElasticNetCV MultiTaskLasso MultiTaskLassoCV',
  'sklearn.linear_model._glm._newton_solver': 'NewtonCholeskySolver NewtonSolver',
  'sklearn.linear_model._glm.glm':
    'GammaRegressor PoissonRegressor TweedieRegressor _GeneralizedLinearRegressor',
  'sklearn.linear_model._huber': 'HuberRegressor',
  'sklearn.linear_model._least_angle': 'Lars LarsCV LassoLars LassoLarsCV LassoLarsIC',
  'sklearn.linear_model._linear_loss': 'LinearModelLoss',
  'sklearn.linear_model._logistic': 'LogisticRegression LogisticRegressionCV _LbfgsCallbackBridge',
  'sklearn.linear_model._omp': 'OrthogonalMatchingPursuit OrthogonalMatchingPursuitCV',
  'sklearn.linear_model._passive_aggressive':
    'PassiveAggressiveClassifier PassiveAggressiveRegressor',
  'sklearn.linear_model._perceptron': 'Perceptron',
  'sklearn.linear_model._quantile': 'QuantileRegressor',
  'sklearn.linear_model._ransac': 'RANSACRegressor',
  'sklearn.linear_model._ridge':
    'Ridge RidgeCV RidgeClassifier RidgeClassifierCV _BaseRidge _BaseRidgeCV _IdentityClassifier _IdentityRegressor _RidgeClassifierMixin _RidgeGCV _XT_CenterStackOp _X_CenterStackOp',
  'sklearn.linear_model._sag_fast': 'MultinomialLogLoss32 MultinomialLogLoss64 __pyx_unpickle_Enum',
  'sklearn.linear_model._sgd_fast':
    'Classification EpsilonInsensitive Hinge Huber Log LossFunction ModifiedHuber Regression SquaredEpsilonInsensitive SquaredHinge SquaredLoss __pyx_unpickle_Classification __pyx_unpickle_Enum __pyx_unpickle_LossFunction __pyx_unpickle_Regression',
  'sklearn.linear_model._stochastic_gradient':
    'BaseSGD BaseSGDClassifier BaseSGDRegressor SGDClassifier SGDOneClassSVM SGDRegressor _ValidationScoreCallback',
  'sklearn.linear_model._theil_sen': 'TheilSenRegressor',
  'sklearn.manifold._barnes_hut_tsne': '__pyx_unpickle_Enum',
  'sklearn.manifold._classical_mds': 'ClassicalMDS',
  'sklearn.manifold._isomap': 'Isomap',
  'sklearn.manifold._locally_linear': 'LocallyLinearEmbedding',
  'sklearn.manifold._mds': 'MDS',
  'sklearn.manifold._spectral_embedding': 'SpectralEmbedding',
  'sklearn.manifold._t_sne': 'TSNE',
  'sklearn.manifold._utils': '__pyx_unpickle_Enum',
  'sklearn.metrics._classification':
    'accuracy_score balanced_accuracy_score brier_score_loss class_likelihood_ratios classification_report cohen_kappa_score confusion_matrix d2_brier_score d2_log_loss_score f1_score fbeta_score hamming_loss hinge_loss jaccard_score log_loss matthews_corrcoef multilabel_confusion_matrix precision_recall_fscore_support precision_score recall_score zero_one_loss',
  'sklearn.metrics._dist_metrics':
    'BrayCurtisDistance BrayCurtisDistance32 BrayCurtisDistance64 CanberraDistance CanberraDistance32 CanberraDistance64 ChebyshevDistance ChebyshevDistance32 ChebyshevDistance64 DiceDistance DiceDistance32 DiceDistance64 DistanceMetric DistanceMetric32 DistanceMetric64 EuclideanDistance EuclideanDistance32 EuclideanDistance64 HammingDistance HammingDistance32 HammingDistance64 HaversineDistance HaversineDistance32 HaversineDistance64 JaccardDistance JaccardDistance32 JaccardDistance64 KulsinskiDistance KulsinskiDistance32 KulsinskiDistance64 MahalanobisDistance MahalanobisDistance32 MahalanobisDistance64 ManhattanDistance ManhattanDistance32 ManhattanDistance64 MatchingDistance MatchingDistance32 MatchingDistance64 MinkowskiDistance MinkowskiDistance32 MinkowskiDistance64 PyFuncDistance PyFuncDistance32 PyFuncDistance64 RogersTanimotoDistance RogersTanimotoDistance32 RogersTanimotoDistance64 RussellRaoDistance RussellRaoDistance32 RussellRaoDistance64 SEuclideanDistance SEuclideanDistance32 SEuclideanDistance64 SokalMichenerDistance SokalMichenerDistance32 SokalMichenerDistance64 SokalSneathDistance SokalSneathDistance32 SokalSneathDistance64 WMinkowskiDistance WMinkowskiDistance32 __pyx_unpickle_DistanceMetric __pyx_unpickle_Enum newObj',
  'sklearn.metrics._pairwise_distances_reduction._argkmin':
    'ArgKmin32 ArgKmin64 EuclideanArgKmin32 EuclideanArgKmin64 __pyx_unpickle_Enum',
  'sklearn.metrics._pairwise_distances_reduction._argkmin_classmode':
    'ArgKminClassMode32 ArgKminClassMode64 __pyx_unpickle_Enum',
  'sklearn.metrics._pairwise_distances_reduction._base':
    'BaseDistancesReduction32 BaseDistancesReduction64 __pyx_unpickle_BaseDistancesReduction32 __pyx_unpickle_BaseDistancesReduction64 __pyx_unpickle_Enum',
  'sklearn.metrics._pairwise_distances_reduction._datasets_pair':
    'DatasetsPair32 DatasetsPair64 DenseDenseDatasetsPair32 DenseDenseDatasetsPair64 DenseSparseDatasetsPair32 DenseSparseDatasetsPair64 SparseDenseDatasetsPair32 SparseDenseDatasetsPair64 SparseSparseDatasetsPair32 SparseSparseDatasetsPair64 __pyx_unpickle_DatasetsPair32 __pyx_unpickle_DatasetsPair64 __pyx_unpickle_DenseDenseDatasetsPair32 __pyx_unpickle_DenseDenseDatasetsPair64 __pyx_unpickle_DenseSparseDatasetsPair32 __pyx_unpickle_DenseSparseDatasetsPair64 __pyx_unpickle_Enum __pyx_unpickle_SparseDenseDatasetsPair32 __pyx_unpickle_SparseDenseDatasetsPair64 __pyx_unpickle_SparseSparseDatasetsPair32 __pyx_unpickle_SparseSparseDatasetsPair64',
  'sklearn.metrics._pairwise_distances_reduction._dispatcher':
    'ArgKmin ArgKminClassMode BaseDistancesReductionDispatcher RadiusNeighbors RadiusNeighborsClassMode',
  'sklearn.metrics._pairwise_distances_reduction._middle_term_computer':
    'DenseDenseMiddleTermComputer32 DenseDenseMiddleTermComputer64 MiddleTermComputer32 MiddleTermComputer64 SparseDenseMiddleTermComputer32 SparseDenseMiddleTermComputer64 SparseSparseMiddleTermComputer32 SparseSparseMiddleTermComputer64 __pyx_unpickle_DenseDenseMiddleTermComputer32 __pyx_unpickle_DenseDenseMiddleTermComputer64 __pyx_unpickle_Enum __pyx_unpickle_MiddleTermComputer32 __pyx_unpickle_MiddleTermComputer64 __pyx_unpickle_SparseDenseMiddleTermComputer32 __pyx_unpickle_SparseDenseMiddleTermComputer64 __pyx_unpickle_SparseSparseMiddleTermComputer32 __pyx_unpickle_SparseSparseMiddleTermComputer64',
  'sklearn.metrics._pairwise_distances_reduction._radius_neighbors':
    'EuclideanRadiusNeighbors32 EuclideanRadiusNeighbors64 RadiusNeighbors32 RadiusNeighbors64 __pyx_unpickle_Enum',
  'sklearn.metrics._pairwise_distances_reduction._radius_neighbors_classmode':
    'RadiusNeighborsClassMode32 RadiusNeighborsClassMode64 __pyx_unpickle_Enum',
  'sklearn.metrics._pairwise_fast': '__pyx_unpickle_Enum',
  'sklearn.metrics._plot.confusion_matrix': 'ConfusionMatrixDisplay',
  'sklearn.metrics._plot.det_curve': 'DetCurveDisplay',
  'sklearn.metrics._plot.precision_recall_curve': 'PrecisionRecallDisplay',
  'sklearn.metrics._plot.regression': 'PredictionErrorDisplay',
  'sklearn.metrics._plot.roc_curve': 'RocCurveDisplay',
  'sklearn.metrics._ranking':
    'auc average_precision_score confusion_matrix_at_thresholds coverage_error dcg_score det_curve label_ranking_average_precision_score label_ranking_loss metric_at_thresholds ndcg_score precision_recall_curve roc_auc_score roc_curve top_k_accuracy_score',
  'sklearn.metrics._regression':
    'd2_absolute_error_score d2_pinball_score d2_tweedie_score explained_variance_score max_error mean_absolute_error mean_absolute_percentage_error mean_gamma_deviance mean_pinball_loss mean_poisson_deviance mean_squared_error mean_squared_log_error mean_tweedie_deviance median_absolute_error r2_score root_mean_squared_error root_mean_squared_log_error',
  'sklearn.metrics._scorer':
    '_BaseScorer _CurveScorer _DeprecatedScorers _MultimetricScorer _PassthroughScorer _PredictScorer _ProbaScorer _Scorer _ThresholdScorer',
  'sklearn.metrics.cluster._bicluster': 'consensus_score',
  'sklearn.metrics.cluster._expected_mutual_info_fast': '__pyx_unpickle_Enum',
  'sklearn.metrics.cluster._supervised':
    'adjusted_mutual_info_score adjusted_rand_score completeness_score fowlkes_mallows_score homogeneity_completeness_v_measure homogeneity_score mutual_info_score normalized_mutual_info_score pair_confusion_matrix rand_score v_measure_score',
  'sklearn.metrics.cluster._unsupervised':
    'calinski_harabasz_score davies_bouldin_score silhouette_samples silhouette_score',
  'sklearn.metrics.pairwise':
    'euclidean_distances nan_euclidean_distances pairwise_distances pairwise_distances_argmin pairwise_distances_argmin_min pairwise_distances_chunked pairwise_kernels',
  'sklearn.mixture._base': 'BaseMixture',
  'sklearn.mixture._bayesian_mixture': 'BayesianGaussianMixture',
  'sklearn.mixture._gaussian_mixture': 'GaussianMixture',
  'sklearn.model_selection._classification_threshold':
    'BaseThresholdClassifier FixedThresholdClassifier TunedThresholdClassifierCV _CurveScorer',
  'sklearn.model_selection._plot': 'LearningCurveDisplay ValidationCurveDisplay _BaseCurveDisplay',
  'sklearn.model_selection._search':
    'BaseSearchCV GridSearchCV ParameterGrid ParameterSampler RandomizedSearchCV',
  'sklearn.model_selection._search_successive_halving':
    'BaseSuccessiveHalving HalvingGridSearchCV HalvingRandomSearchCV _SubsampleMetaSplitter',
  'sklearn.model_selection._split':
    'BaseCrossValidator BaseShuffleSplit GroupKFold GroupShuffleSplit GroupsConsumerMixin KFold LeaveOneGroupOut LeaveOneOut LeavePGroupsOut LeavePOut PredefinedSplit RepeatedKFold RepeatedStratifiedKFold ShuffleSplit StratifiedGroupKFold StratifiedKFold StratifiedShuffleSplit TimeSeriesSplit _BaseKFold _CVIterableWrapper _RepeatedSplits _UnsupportedGroupCVMixin',
  'sklearn.multiclass':
    'OneVsOneClassifier OneVsRestClassifier OutputCodeClassifier _ConstantPredictor',
  'sklearn.multioutput':
    'ClassifierChain MultiOutputClassifier MultiOutputRegressor RegressorChain _BaseChain _MultiOutputEstimator',
  'sklearn.naive_bayes':
    'BernoulliNB CategoricalNB ComplementNB GaussianNB MultinomialNB _BaseDiscreteNB _BaseNB',
  'sklearn.neighbors._ball_tree':
    'BallTree BallTree32 BallTree64 BinaryTree BinaryTree32 BinaryTree64 NeighborsHeap NeighborsHeap32 NeighborsHeap64 NodeHeap __pyx_unpickle_Enum newObj',
  'sklearn.neighbors._base': 'KNeighborsMixin NeighborsBase RadiusNeighborsMixin',
  'sklearn.neighbors._classification': 'KNeighborsClassifier RadiusNeighborsClassifier',
  'sklearn.neighbors._distance_metric': 'DistanceMetric',
  'sklearn.neighbors._graph': 'KNeighborsTransformer RadiusNeighborsTransformer',
  'sklearn.neighbors._kd_tree':
    'BinaryTree BinaryTree32 BinaryTree64 KDTree KDTree32 KDTree64 NeighborsHeap NeighborsHeap32 NeighborsHeap64 NodeHeap __pyx_unpickle_Enum newObj',
  'sklearn.neighbors._kde': 'KernelDensity',
  'sklearn.neighbors._lof': 'LocalOutlierFactor',
  'sklearn.neighbors._nca': 'NeighborhoodComponentsAnalysis',
  'sklearn.neighbors._nearest_centroid': 'NearestCentroid',
  'sklearn.neighbors._quad_tree': '_QuadTree __pyx_unpickle_Enum',
  'sklearn.neighbors._regression': 'KNeighborsRegressor RadiusNeighborsRegressor',
  'sklearn.neighbors._unsupervised': 'NearestNeighbors',
  'sklearn.neural_network._multilayer_perceptron':
    'BaseMultilayerPerceptron MLPClassifier MLPRegressor',
  'sklearn.neural_network._rbm': 'BernoulliRBM',
  'sklearn.neural_network._stochastic_optimizers': 'AdamOptimizer BaseOptimizer SGDOptimizer',
  'sklearn.pipeline': 'FeatureUnion Pipeline',
  'sklearn.preprocessing._csr_polynomial_expansion': '__pyx_unpickle_Enum',
  'sklearn.preprocessing._data':
    'Binarizer KernelCenterer MaxAbsScaler MinMaxScaler Normalizer PowerTransformer QuantileTransformer RobustScaler StandardScaler',
  'sklearn.preprocessing._discretization': 'KBinsDiscretizer',
  'sklearn.preprocessing._encoders': 'OneHotEncoder OrdinalEncoder _BaseEncoder',
  'sklearn.preprocessing._function_transformer': 'FunctionTransformer',
  'sklearn.preprocessing._label': 'LabelBinarizer LabelEncoder MultiLabelBinarizer',
  'sklearn.preprocessing._polynomial': 'PolynomialFeatures SplineTransformer',
  'sklearn.preprocessing._target_encoder': 'TargetEncoder',
  'sklearn.preprocessing._target_encoder_fast': '__pyx_unpickle_Enum',
  'sklearn.random_projection':
    'BaseRandomProjection GaussianRandomProjection SparseRandomProjection',
  'sklearn.semi_supervised._label_propagation':
    'BaseLabelPropagation LabelPropagation LabelSpreading',
  'sklearn.semi_supervised._self_training': 'SelfTrainingClassifier',
  'sklearn.svm._base': 'BaseLibSVM BaseSVC',
  'sklearn.svm._classes': 'LinearSVC LinearSVR NuSVC NuSVR OneClassSVM SVC SVR',
  'sklearn.svm._liblinear': '__pyx_unpickle_Enum',
  'sklearn.svm._libsvm': '__pyx_unpickle_Enum',
  'sklearn.svm._libsvm_sparse': '__pyx_unpickle_Enum',
  'sklearn.tree._classes':
    'BaseDecisionTree DecisionTreeClassifier DecisionTreeRegressor ExtraTreeClassifier ExtraTreeRegressor',
  'sklearn.tree._criterion':
    'ClassificationCriterion Criterion Entropy FriedmanMSE Gini MAE MSE Poisson RegressionCriterion __pyx_unpickle_Criterion __pyx_unpickle_Enum',
  'sklearn.tree._export': 'Sentinel _BaseTreeExporter _DOTTreeExporter _MPLTreeExporter',
  'sklearn.tree._partitioner':
    'DensePartitioner SparsePartitioner __pyx_unpickle_DensePartitioner __pyx_unpickle_SparsePartitioner',
  'sklearn.tree._reingold_tilford': 'DrawTree Tree',
  'sklearn.tree._splitter':
    'BaseDenseSplitter BaseSparseSplitter BestSparseSplitter BestSplitter DensePartitioner RandomSparseSplitter RandomSplitter SparsePartitioner Splitter __pyx_unpickle_DensePartitioner __pyx_unpickle_Enum __pyx_unpickle_SparsePartitioner',
  'sklearn.tree._tree':
    'BestFirstTreeBuilder DepthFirstTreeBuilder Tree TreeBuilder _AlphaPruner _CCPPruneController _PathFinder __pyx_unpickle_Enum __pyx_unpickle_TreeBuilder __pyx_unpickle__CCPPruneController',
  'sklearn.tree._utils':
    'PytestWeightedFenwickTree WeightedFenwickTree WeightedMedianCalculator WeightedPQueue __pyx_unpickle_Enum',
  'sklearn.utils._array_api':
    'NamespaceAndDevice _ArrayAPIWrapper _NumPyAPIWrapper _NumPyApiWrapper',
  'sklearn.utils._available_if': '_AvailableIfDescriptor',
  'sklearn.utils._bunch': 'Bunch',
  'sklearn.utils._cython_blas':
    'BLAS_Order BLAS_Trans __pyx_unpickle_Enum __pyx_unpickle___Pyx_EnumMeta',
  'sklearn.utils._encode': 'MissingValues _NaNCounter _nandict',
  'sklearn.utils._estimator_html_repr': '_HTMLDocumentationLinkMixin _IDCounter _VisualBlock',
  'sklearn.utils._fast_dict': 'IntFloatDict __pyx_unpickle_Enum __pyx_unpickle_IntFloatDict',
  'sklearn.utils._isfinite': 'FiniteStatus __pyx_unpickle_Enum __pyx_unpickle___Pyx_EnumMeta',
  'sklearn.utils._logistic_sigmoid': '__pyx_unpickle_Enum',
  'sklearn.utils._metadata_requests':
    'MetadataRequest MetadataRouter MethodMapping MethodMetadataRequest MethodPair RequestMethod RouterMappingPair _MetadataRequester _RoutingNotSupportedMixin',
  'sklearn.utils._mocking':
    'ArraySlicingWrapper CheckingClassifier MockDataFrame NoSampleWeightWrapper _MockEstimatorOnOffPrediction',
  'sklearn.utils._param_validation':
    'HasMethods Hidden Interval MissingValues Options RealNotInt StrOptions _ArrayLikes _Booleans _CVObjects _Callables _Constraint _InstancesOf _IterablesNotString _MissingValues _NanConstraint _NoneConstraint _PandasNAConstraint _RandomStates _SparseMatrices _VerboseHelper',
  'sklearn.utils._pprint': 'KeyValTuple KeyValTupleParam _EstimatorPrettyPrinter',
  'sklearn.utils._random': '__pyx_unpickle_Enum',
  'sklearn.utils._readonly_array_wrapper':
    'ReadonlyArrayWrapper __pyx_unpickle_Enum __pyx_unpickle_ReadonlyArrayWrapper',
  'sklearn.utils._repr_html.base': 'ReprHTMLMixin _HTMLDocumentationLinkMixin _IDCounter',
  'sklearn.utils._repr_html.estimator': '_VisualBlock',
  'sklearn.utils._repr_html.fitted_attributes': 'AttrsDict',
  'sklearn.utils._repr_html.params': 'ParamsDict',
  'sklearn.utils._seq_dataset':
    'ArrayDataset32 ArrayDataset64 CSRDataset32 CSRDataset64 SequentialDataset32 SequentialDataset64 __pyx_unpickle_Enum',
  'sklearn.utils._set_output':
    'ContainerAdapterProtocol ContainerAdaptersManager PandasAdapter PolarsAdapter _SetOutputMixin',
  'sklearn.utils._tags': 'ClassifierTags InputTags RegressorTags Tags TargetTags TransformerTags',
  'sklearn.utils._typedefs': '__pyx_unpickle_Enum',
  'sklearn.utils._vector_sentinel':
    'StdVectorSentinel StdVectorSentinelFloat64 StdVectorSentinelInt32 StdVectorSentinelInt64 StdVectorSentinelIntP __pyx_unpickle_StdVectorSentinel __pyx_unpickle_StdVectorSentinelFloat64 __pyx_unpickle_StdVectorSentinelInt32 __pyx_unpickle_StdVectorSentinelInt64 __pyx_unpickle_StdVectorSentinelIntP',
  'sklearn.utils._weight_vector': 'WeightVector32 WeightVector64 __pyx_unpickle_Enum',
  'sklearn.utils.arrayfuncs': '__pyx_unpickle_Enum',
  'sklearn.utils.estimator_checks': '_NotAnArray',
  'sklearn.utils.metaestimators': '_BaseComposition _IffHasAttrDescriptor',
  'sklearn.utils.murmurhash': '__pyx_unpickle_Enum',
  'sklearn.utils.sparsefuncs_fast': '__pyx_unpickle_Enum',
}

export const numpyFunctions: Names = {
  numpy:
    'abs absolute acos acosh add arccos arccosh arcsin arcsinh arctan arctan2 arctanh asin asinh atan atan2 atanh bitwise_and bitwise_count bitwise_invert bitwise_left_shift bitwise_not bitwise_or bitwise_right_shift bitwise_xor cbrt ceil conj conjugate copysign cos cosh deg2rad degrees divide divmod equal exp exp2 expm1 fabs float_power floor floor_divide fmax fmin fmod frexp gcd greater greater_equal heaviside hypot invert isfinite isinf isnan isnat lcm ldexp left_shift less less_equal log log10 log1p log2 logaddexp logaddexp2 logical_and logical_not logical_or logical_xor matmul matvec maximum minimum mod modf multiply negative nextafter not_equal positive pow power rad2deg radians reciprocal remainder right_shift rint sign signbit sin sinh spacing sqrt square subtract tan tanh true_divide trunc vecdot vecmat',
  'numpy._core._multiarray_umath':
    'abs absolute acos acosh add arccos arccosh arcsin arcsinh arctan arctan2 arctanh asin asinh atan atan2 atanh bitwise_and bitwise_count bitwise_invert bitwise_left_shift bitwise_not bitwise_or bitwise_right_shift bitwise_xor cbrt ceil conj conjugate copysign cos cosh deg2rad degrees divide divmod equal exp exp2 expm1 fabs float_power floor floor_divide fmax fmin fmod frexp gcd greater greater_equal heaviside hypot invert isfinite isinf isnan isnat lcm ldexp left_shift less less_equal log log10 log1p log2 logaddexp logaddexp2 logical_and logical_not logical_or logical_xor matmul matvec maximum minimum mod modf multiply negative nextafter not_equal positive pow power rad2deg radians reciprocal remainder right_shift rint sign signbit sin sinh spacing sqrt square subtract tan tanh true_divide trunc vecdot vecmat',
  'numpy.core._multiarray_umath':
    'abs absolute acos acosh add arccos arccosh arcsin arcsinh arctan arctan2 arctanh asin asinh atan atan2 atanh bitwise_and bitwise_count bitwise_invert bitwise_left_shift bitwise_not bitwise_or bitwise_right_shift bitwise_xor cbrt ceil conj conjugate copysign cos cosh deg2rad degrees divide divmod equal exp exp2 expm1 fabs float_power floor floor_divide fmax fmin fmod frexp gcd greater greater_equal heaviside hypot invert isfinite isinf isnan isnat lcm ldexp left_shift less less_equal log log10 log1p log2 logaddexp logaddexp2 logical_and logical_not logical_or logical_xor matmul matvec maximum minimum mod modf multiply negative nextafter not_equal positive pow power rad2deg radians reciprocal remainder right_shift rint sign signbit sin sinh spacing sqrt square subtract tan tanh true_divide trunc vecdot vecmat',
}

export const scipy: Names = {
  'scipy.interpolate._bary_rational': 'AAA FloaterHormannInterpolator _BarycentricRational',
  'scipy.interpolate._bspl': '__pyx_unpickle_Enum',
  'scipy.interpolate._bsplines': 'BSpline',
  'scipy.interpolate._cubic':
    'Akima1DInterpolator CubicHermiteSpline CubicSpline PchipInterpolator',
  'scipy.interpolate._fitpack2':
    'BivariateSpline InterpolatedUnivariateSpline LSQBivariateSpline LSQSphereBivariateSpline LSQUnivariateSpline RectBivariateSpline RectSphereBivariateSpline SmoothBivariateSpline SmoothSphereBivariateSpline SphereBivariateSpline UnivariateSpline _BivariateSplineBase _DerivedBivariateSpline',
  'scipy.interpolate._fitpack_repro': 'Bunch F Fperiodic',
  'scipy.interpolate._interpnd':
    'CloughTocher2DInterpolator LinearNDInterpolator NDInterpolatorBase',
  'scipy.interpolate._interpolate': 'BPoly NdPPoly PPoly _PPolyBase interp1d interp2d',
  'scipy.interpolate._ndbspline': 'NdBSpline',
  'scipy.interpolate._ndgriddata': 'NearestNDInterpolator',
  'scipy.interpolate._polyint':
    'BarycentricInterpolator KroghInterpolator _Interpolator1D _Interpolator1DWithDerivatives',
  'scipy.interpolate._ppoly': '__pyx_unpickle_Enum',
  'scipy.interpolate._rbfinterp': 'RBFInterpolator',
  'scipy.interpolate._rgi': 'RegularGridInterpolator',
  'scipy.interpolate._rgi_cython': '__pyx_unpickle_Enum',
  'scipy.interpolate.interpnd':
    'CloughTocher2DInterpolator LinearNDInterpolator NDInterpolatorBase __pyx_unpickle_Enum',
  'scipy.sparse._base': '_spbase sparray',
  'scipy.sparse._bsr': '_bsr_base bsr_array bsr_matrix',
  'scipy.sparse._compressed': '_cs_matrix',
  'scipy.sparse._coo': '_coo_base coo_array coo_matrix',
  'scipy.sparse._csc': '_csc_base csc_array csc_matrix',
  'scipy.sparse._csparsetools': '__pyx_unpickle_Enum',
  'scipy.sparse._csr': '_csr_base csr_array csr_matrix',
  'scipy.sparse._data': '_data_matrix _minmax_mixin',
  'scipy.sparse._dia': '_dia_base dia_array dia_matrix',
  'scipy.sparse._dok': '_dok_base dok_array dok_matrix',
  'scipy.sparse._index': 'IndexMixin',
  'scipy.sparse._lil': '_lil_base lil_array lil_matrix',
  'scipy.sparse._matrix': 'spmatrix',
  'scipy.sparse.csgraph._flow': 'MaximumFlowResult __pyx_unpickle_Enum',
  'scipy.sparse.csgraph._matching': '__pyx_unpickle_Enum',
  'scipy.sparse.csgraph._min_spanning_tree': '__pyx_unpickle_Enum',
  'scipy.sparse.csgraph._reordering': '__pyx_unpickle_Enum',
  'scipy.sparse.csgraph._shortest_path': '_YenCandidatePaths __pyx_unpickle_Enum',
  'scipy.sparse.csgraph._traversal': '__pyx_unpickle_Enum',
  'scipy.spatial._ckdtree':
    '__pyx_unpickle_Enum __pyx_unpickle_cKDTreeNode cKDTree cKDTreeNode coo_entries ordered_pairs',
  'scipy.spatial._hausdorff': '__pyx_unpickle_Enum',
  'scipy.spatial._kdtree': 'KDTree Rectangle',
  'scipy.spatial._qhull':
    'ConvexHull Delaunay HalfspaceIntersection Voronoi _Qhull _QhullUser __pyx_unpickle_Enum',
  'scipy.spatial._spherical_voronoi': 'SphericalVoronoi',
  'scipy.spatial._voronoi': '__pyx_unpickle_Enum',
  'scipy.spatial.distance':
    'CDistMetricWrapper CDistWeightedMetricWrapper MetricInfo PDistMetricWrapper PDistWeightedMetricWrapper',
  'scipy.spatial.transform._rigid_transform': 'RigidTransform',
  'scipy.spatial.transform._rotation': 'Rotation Slerp __pyx_unpickle_Enum __pyx_unpickle_Rotation',
  'scipy.spatial.transform._rotation_spline': 'RotationSpline',
}

export const boosters: Names = {
  'lightgbm.basic': 'Booster',
  'lightgbm.sklearn':
    'LGBMClassifier LGBMModel LGBMRanker LGBMRegressor _EvalFunctionWrapper _ObjectiveFunctionWrapper',
  'xgboost.core': 'Booster',
  'xgboost.objective': 'Objective TreeObjective',
  'xgboost.sklearn':
    'XGBClassifier XGBModel XGBRFClassifier XGBRFRegressor XGBRanker XGBRankerMixIn XGBRegressor _SklObjWProto',
  'xgboost.training': 'CVPack _PackedBooster',
}
