using Bot.CheckIns;

namespace Bot.Warnings.Rules;

/// <summary>Everybody asks the same person, or there is nobody to ask. Who it is stays unsaid: the answer to a check-in is not a poster.</summary>
public sealed class SingleChampion : IRule
{
    private const int Remembered = 6;

    public string Id => "single-champion";

    public string Question => "Who is the second one, in each team?";

    public string Explanation => "It fires when more than a share of the answers to \"who helps you?\" in the last 6 weeks name one and the same person, or nobody. It ends when help is spread.";

    public Finding? Look(WarningFacts facts, Thresholds thresholds)
    {
        var answers = facts.Champions.Where(c => facts.WeeksSince(c.ReviewDate) < Remembered).ToList();
        if (answers.Count < thresholds.Whole("single-champion.answers"))
        {
            return null;
        }

        var most = thresholds["single-champion.share"] * answers.Count;
        var nobody = answers.Count(a => a.Said == Probe.Nobody);
        var one = answers.Where(a => a.Said is not (Probe.Nobody or Probe.SomebodyElse)).GroupBy(a => a.Said).Select(g => g.Count()).DefaultIfEmpty(0).Max();
        return nobody > most
                ? new Finding(Finding.Warning, $"{nobody} of {answers.Count} say that nobody helps them with it.", [$"{answers.Count} answers in the last {Remembered} weeks."])
            : one > most
                ? new Finding(Finding.Notice, $"One person is named in {one} of {answers.Count} answers to who helps.", [$"{answers.Count} answers in the last {Remembered} weeks; {nobody} of them say nobody."])
            : null;
    }
}
