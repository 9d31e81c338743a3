using System.Collections.Frozen;

namespace Bot.Initiatives;

/// <summary>
/// Whether somebody has said what specifically prevented an initiative from reaching production: a cause, and a sentence of at least five
/// words with something in it beyond the usual non-answers and the words around them.
/// </summary>
public static class ClearAnswer
{
    public const int FewestWords = 5;

    /// <summary>What a clear answer is, to somebody who gave another.</summary>
    public const string Meant = "A clear answer names a cause and says in five words or more what exactly stood in the way, "
        + "for example: The CRM has no field for the score, so nobody on the phone saw it.";

    /// <summary>"We had no budget for the CRM connector" names the connector: two words of substance make the difference.</summary>
    private const int FewestOfSubstance = 2;

    private static readonly IReadOnlyList<IReadOnlyList<string>> NonAnswers = PlainWords.Phrases(
        "not ready", "ready", "not mature", "more data", "data", "enough data", "no data", "no time", "time", "more time", "timing", "bandwidth", "capacity",
        "priority", "priorities", "prioritised", "prioritized", "deprioritised", "deprioritized", "focus", "resources", "resource", "resourcing",
        "lack of resources", "headcount", "busy",
        "budget", "budgets", "no budget", "budget cuts", "money", "funding", "cost", "costs", "too expensive",
        "tbd", "tbc", "to be determined", "to be defined", "to be confirmed", "know", "knows", "known", "unknown", "idea", "no idea", "sure",
        "unsure", "unclear", "clear", "remember",
        "reason", "reasons", "circumstances", "politics", "complicated", "complex", "depends", "issue", "issues", "problem", "problems", "challenge",
        "challenges", "technical issues", "technical problems",
        "later", "on hold", "paused", "stopped", "stalled", "cancelled", "canceled", "failed", "work out", "worked out", "did not work", "didnt work",
        "buy in", "not possible", "nothing", "none", "nobody", "no one", "something", "things", "stuff", "etc");

    private static readonly FrozenSet<string> Filler = FrozenSet.Create(
        "a", "an", "the", "this", "that", "these", "those", "it", "its", "he", "she", "they", "them", "their", "there", "we", "us", "our", "i", "my",
        "you", "your", "one", "ones",
        "is", "are", "was", "were", "be", "been", "being", "am", "has", "have", "had", "having", "do", "does", "did", "done", "doing", "dont",
        "didnt", "doesnt", "wasnt", "werent", "isnt", "havent", "hadnt", "couldnt", "cant",
        "can", "could", "will", "would", "should", "shall", "may", "might", "must", "get", "got", "gets", "getting", "go", "goes", "went", "going",
        "came", "come", "moved", "move", "changed", "change", "changing", "shifted",
        "need", "needs", "needed", "want", "wanted", "lack", "lacks", "lacked", "lacking", "missing", "ran", "run", "running", "find", "found",
        "make", "made", "take", "took", "say", "said", "think", "guess", "suppose", "believe",
        "of", "to", "for", "in", "on", "at", "by", "with", "without", "from", "about", "into", "out", "off", "up", "down", "over", "under", "as",
        "than", "and", "or", "but", "so", "if", "because", "due", "since", "while", "when", "then", "what", "why", "which", "who", "how",
        "no", "not", "never", "none", "any", "anything", "anyone", "some", "all", "every", "everyone", "everything", "else", "other", "others",
        "another", "many", "much", "more", "most", "few", "less", "enough", "lot", "lots", "several", "various", "different", "own",
        "too", "very", "really", "quite", "just", "simply", "only", "also", "still", "yet", "already", "again", "now", "right", "currently", "then",
        "here", "maybe", "perhaps", "probably", "honestly", "actually", "basically", "mainly", "mostly", "somehow", "kind", "sort", "bit", "little",
        "right", "wrong", "good", "bad", "big", "high", "low", "top",
        "left", "ml", "long", "short", "soon", "moment", "year", "years", "quarter", "quarters", "month", "months", "week", "weeks", "day", "days",
        "today", "last", "next", "first", "end", "start", "point", "yes", "well", "like", "unfortunately", "sadly", "sorry", "please", "thanks",
        "pilot", "pilots", "project", "projects", "initiative", "initiatives", "model", "models", "system", "systems", "ai", "product", "production",
        "team", "teams", "people", "company", "business", "organisation", "organization", "department", "management", "side");

    public static bool Is(Cause cause, string? sentence)
    {
        if (cause == Cause.Unknown || sentence is null)
        {
            return false;
        }

        var words = PlainWords.Of(sentence);
        return words.Count >= FewestWords && PlainWords.Without(words, NonAnswers, Filler, out _).Distinct().Count() >= FewestOfSubstance;
    }
}
