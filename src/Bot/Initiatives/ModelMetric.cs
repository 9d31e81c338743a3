using System.Collections.Frozen;

namespace Bot.Initiatives;

/// <summary>Tells a number about the model from one about people's work. "Order accuracy" is about orders; "accuracy" and "model accuracy" are about the model.</summary>
public static class ModelMetric
{
    /// <summary>Why it is refused, and what to give instead.</summary>
    public static string Refusal(string name) =>
        $"\"{name}\" tells whether the model works, not whether anybody's work changed. What will people do differently, and how would you count it? "
        + "For example: calls made because of a score.";

    private static readonly IReadOnlyList<IReadOnlyList<string>> Names = PlainWords.Phrases(
        "accuracy", "precision", "recall", "f1", "f 1", "f2", "f beta", "f score", "f measure", "sensitivity", "specificity",
        "auc", "roc", "auroc", "auprc", "area under the curve", "gini", "true positive rate", "false positive rate", "true negative rate",
        "false negative rate",
        "true positives", "false positives", "false negatives", "true negatives", "tpr", "fpr", "confusion matrix",
        "mse", "rmse", "mae", "mape", "smape", "wape", "mean squared error", "mean absolute error", "mean absolute percentage error",
        "root mean squared error", "prediction error", "forecast error",
        "r2", "r 2", "r squared", "rsquared", "explained variance", "loss", "log loss", "logloss", "cross entropy", "brier", "likelihood",
        "perplexity", "bleu", "rouge", "rouge l", "rougel", "meteor", "bertscore", "wer", "word error rate", "ndcg", "mcc", "iou",
        "confidence", "hallucination", "hallucinations", "groundedness");

    /// <summary>What may stand beside such a name without turning it into something people do.</summary>
    private static readonly FrozenSet<string> Around = FrozenSet.Create(
        "a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "our", "the", "its", "per", "vs", "with", "1", "2", "3", "5", "10", "k",
        "top", "pr",
        "model", "models", "ai", "ml", "llm", "algorithm", "classifier", "classification", "regression", "prediction", "predictions", "predictive",
        "predicted", "forecast", "forecasting", "score", "scores",
        "test", "testing", "train", "training", "validation", "val", "holdout", "hold", "out", "set", "sample", "data", "cross", "eval",
        "evaluation", "benchmark", "offline",
        "mean", "average", "avg", "median", "overall", "total", "macro", "micro", "weighted", "balanced", "adjusted", "weekly", "daily", "monthly",
        "rate", "value", "metric", "measure", "level", "percent", "percentage", "pct", "points", "high", "higher", "better", "improved");

    public static bool Is(string name) => PlainWords.Without(PlainWords.Of(name), Names, Around, out var found).Count == 0 && found;
}
