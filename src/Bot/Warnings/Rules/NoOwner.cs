using Bot.Cards;
using Bot.Initiatives;

namespace Bot.Warnings.Rules;

/// <summary>Nobody is accountable, or the one who builds it is, or the owner has not been seen. Not seen counts only reviews for which they were asked, so a pause or holiday does not.</summary>
public sealed class NoOwner : IRule
{
    public string Id => "no-owner";

    public string Question => "Whose performance review will show whether this gets adopted?";

    public string Explanation =>
        "It fires while there is no product owner, while the owner is the builder, or when the owner was asked several times in a row and neither answered nor decided anything. It ends when that changes.";

    public Finding? Look(WarningFacts facts, Thresholds thresholds)
    {
        var (initiative, late) = (facts.Initiative, facts.Initiative.Stage == Stage.Production);
        if (initiative.OwnerId is null)
        {
            return new Finding(
                initiative.Stage == Stage.Idea ? Finding.Notice : late ? Finding.Critical : Finding.Warning,
                "Nobody is named as product owner.", [$"In {initiative.Stage.Label()} since {facts.Say(facts.StageSince)}."]);
        }

        if (initiative.OwnerId == initiative.BuilderId)
        {
            return new Finding(late ? Finding.Warning : Finding.Notice, "The product owner is the builder.", ["Owner and builder are the same person."]);
        }

        var silent = facts.OwnerAskedFor.Where(d => facts.OwnerSeenOn is not { } seen || d > seen).ToList();
        return silent.Count < thresholds.Whole("no-owner.weeks") ? null : new Finding(
            Finding.Warning,
            $"The product owner has not been seen for {silent.Count} reviews.",
            [$"Asked for {Say.Count(silent.Count, "review")} since {facts.Say(silent[0])}.",
                facts.OwnerSeenOn is { } last ? $"Last seen on {facts.Say(last)}." : "Never seen here."]);
    }
}
