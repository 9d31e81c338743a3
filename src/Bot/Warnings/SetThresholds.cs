using System.Globalization;
using Bot.Cards;
using Bot.Chat;
using Bot.Store;

namespace Bot.Warnings;

/// <summary>The numbers of the rules, for the whole workspace; only what differs from our defaults is kept.</summary>
public sealed class SetThresholds(BotDb db, ReadWarningFacts read, AddressBook book, CardBook cards) : IFormHandler
{
    public const string FormName = "thresholds";
    private const string Key = "workspace";

    public async Task<Reply> OpenAsync(Asked asked, CancellationToken ct)
    {
        var draft = await book.FindDraftAsync(asked.By.Id, new ActionRef(FormName, Key), ct);
        return !asked.By.IsAdmin ? NotYours() : new Reply.OpenForm(Fill(await read.ThresholdsAsync(asked.Workspace.Id, ct), draft));
    }

    public async Task<Reply> HandleAsync(Asked asked, string key, FormValues values, CancellationToken ct)
    {
        if (!asked.By.IsAdmin)
        {
            return NotYours();
        }

        var reader = new FormReader(values);
        var wanted = Thresholds.All.ToDictionary(s => s, s => Read(reader, s) ?? s.Default);
        if (!reader.IsFine)
        {
            return new Reply.FieldErrors(Fill(await read.ThresholdsAsync(asked.Workspace.Id, ct), values), reader.Errors);
        }

        await read.ThresholdsAsync(asked.Workspace.Id, ct);
        foreach (var (setting, value) in wanted)
        {
            var stored = db.Thresholds.Local.FirstOrDefault(t => t.WorkspaceId == asked.Workspace.Id && t.Name == setting.Name);
            if (setting.IsDefault(value))
            {
                db.Thresholds.RemoveRange(stored is null ? [] : [stored]);
            }
            else if (stored is null)
            {
                db.Thresholds.Add(new Threshold { WorkspaceId = asked.Workspace.Id, Name = setting.Name, Value = value });
            }
            else
            {
                stored.Value = value;
            }
        }

        var set = wanted.Count(w => !w.Key.IsDefault(w.Value));
        return Notice.Whisper(cards, set == 0 ? "Saved: every number is the default." : $"Saved: {Say.Count(set, "number")} differ{(set == 1 ? "s" : "")} from the default. They hold from the next review on.");
    }

    /// <summary>Null when left empty: the default then.</summary>
    private static double? Read(FormReader read, Setting setting)
    {
        var field = FieldOf(setting);
        var wish = setting.Whole ? "Give a whole number" : "Give a number";
        var value = read.Number(field, setting.Least, setting.Most, $"{wish} from {Say.Number(setting.Least)} to {Say.Number(setting.Most)}.");
        if (setting.Whole && value is { } number && number != Math.Floor(number))
        {
            read.Fault(field, $"{wish} from {Say.Number(setting.Least)} to {Say.Number(setting.Most)}.");
        }

        return value;
    }

    /// <summary>An input's id has no point in it.</summary>
    private static string FieldOf(Setting setting) => setting.Name.Replace('.', '_');

    private Form Fill(Thresholds inForce, FormValues? typed) => cards.FillForm(FormName, Key, "Warning settings", new ThresholdsFormCard(
        Key,
        [.. Thresholds.All.Select(s => new ThresholdField(
            FieldOf(s), $"{Warning.TitleOf(s.Rule)}: {s.Label} (default {Say.Number(s.Default)})",
            typed is null ? Math.Round(inForce[s.Name], 2).ToString("0.##", CultureInfo.InvariantCulture) : typed[FieldOf(s)] ?? ""))]));

    private Reply NotYours() => Notice.Whisper(cards, "These numbers belong to the whole workspace; a workspace admin can change them.");
}

/// <param name="Settings">One input each.</param>
public sealed record ThresholdsFormCard(string Key, IReadOnlyList<ThresholdField> Settings) : ICardData
{
    public static string Template => "thresholds-form";
}

/// <param name="Field">The input's id.</param>
public sealed record ThresholdField(string Field, string Label, string Value);
