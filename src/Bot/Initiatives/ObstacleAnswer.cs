using Bot.Cards;
using Bot.Chat;

namespace Bot.Initiatives;

/// <summary>An answer to what prevented an initiative from reaching production, as typed into a form.</summary>
public sealed record ObstacleAnswer(Cause Cause, string? Sentence)
{
    public const int MaxSentence = 300;

    public bool IsClear => ClearAnswer.Is(Cause, Sentence);

    /// <summary>Null when both were left open. A sentence without a cause counts as <see cref="Cause.Unknown"/>.</summary>
    public static ObstacleAnswer? Read(FormReader read, FormValues typed, string causeField, string sentenceField)
    {
        var sentence = read.Optional(sentenceField, MaxSentence);
        if (typed[causeField] is not { } chosen)
        {
            return sentence is null ? null : new ObstacleAnswer(Cause.Unknown, sentence);
        }

        if (Array.IndexOf(Enum.GetNames<Cause>(), chosen) is >= 0 and var index)
        {
            return new ObstacleAnswer(Enum.GetValues<Cause>()[index], sentence);
        }

        read.Fault(causeField, "Choose a cause from the list.");
        return null;
    }

    public Obstacle Of(Initiative initiative, PersonId by, TimeProvider clock) => new()
    {
        Id = Id.New<ObstacleId>(clock), WorkspaceId = initiative.WorkspaceId, InitiativeId = initiative.Id, Cause = Cause, Sentence = Sentence, By = by, At = clock.GetUtcNow(),
    };
}
