using Bot.Cards;
using Bot.Loops;

namespace Bot.Chat;

/// <summary><c>/pilot timezone</c>: in which zone times are said to me. Until it is known it is each loop's own.</summary>
public sealed class ChooseTimeZone(CardBook cards, TimeProvider clock) : ICommandHandler, IActionHandler, IFormHandler
{
    public const string Action = "timezone.edit";
    public const string FormName = "timezone";
    private const string Mine = "mine";

    Task<Reply> ICommandHandler.HandleAsync(Asked asked, string arguments, CancellationToken ct) => Task.FromResult<Reply>(
        arguments.Length == 0 ? new Reply.OpenForm(Fill(asked.By.TimeZone))
        : SlotFields.ZoneFault(arguments) is { } fault ? Notice.Whisper(cards, fault)
        : Choose(asked.By, arguments));

    Task<Reply> IActionHandler.HandleAsync(Asked asked, string key, CancellationToken ct) => Task.FromResult<Reply>(new Reply.OpenForm(Fill(asked.By.TimeZone)));

    public Task<Reply> HandleAsync(Asked asked, string key, FormValues values, CancellationToken ct) => Task.FromResult(
        values["zone"] is not { } zone ? Follow(asked.By)
        : SlotFields.ZoneFault(zone) is { } fault ? new Reply.FieldErrors(Fill(zone), new Dictionary<string, string> { ["zone"] = fault })
        : Choose(asked.By, zone));

    private Reply Choose(Person person, string zone)
    {
        (person.TimeZone, person.ZoneChosenAt) = (zone, clock.GetUtcNow());
        return Notice.Whisper(cards, $"Saved. Times are said to you in {zone}: it is {Say.Time(clock.GetUtcNow(), zone)} now.");
    }

    private Reply Follow(Person person)
    {
        (person.TimeZone, person.ZoneChosenAt) = (null, null);
        return Notice.Whisper(cards, "Saved. Times are said to you as your chat is set, and in each loop's own zone until that is known.");
    }

    private Form Fill(string? zone) => cards.FillForm(FormName, Mine, "Time zone", new TimeZoneFormCard(Mine, zone));
}

/// <param name="Zone">What was chosen, or what the platform says; null when neither is known.</param>
public sealed record TimeZoneFormCard(string Key, string? Zone) : ICardData
{
    public static string Template => "timezone-form";
}
