using Bot.Cards;

namespace Bot.Chat;

/// <summary><c>/pilot help</c>: what one can type.</summary>
public sealed class ShowHelp(Catalogue catalogue, CardBook cards) : ICommandHandler
{
    public Task<Reply> HandleAsync(Asked asked, string arguments, CancellationToken ct) =>
        Task.FromResult<Reply>(new Reply.Whisper(cards.Fill(new HelpCard(null, null, HelpCard.Lines(catalogue)))));
}

/// <param name="Unknown">The word nobody taught the bot, if that is why help is shown.</param>
/// <param name="Nearest">What was perhaps meant.</param>
public sealed record HelpCard(string? Unknown, string? Nearest, IReadOnlyList<HelpLine> Words) : ICardData
{
    public static string Template => "help";

    public static IReadOnlyList<HelpLine> Lines(Catalogue catalogue) =>
        [.. catalogue.Words.Select(w => new HelpLine($"/pilot {w.Word} {w.Arguments}".TrimEnd(), w.Does))];
}

public sealed record HelpLine(string Typed, string Does);
