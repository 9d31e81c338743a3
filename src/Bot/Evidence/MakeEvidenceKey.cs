using Bot.Cards;
using Bot.Chat;
using Bot.Initiatives;
using Bot.Links;
using Bot.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Bot.Evidence;

/// <summary>Makes a key with which a monitor may send, and shows it once, to its maker alone. What is kept is its hash.</summary>
public sealed partial class MakeEvidenceKey(BotDb db, FindInitiative find, AddressBook book, ILinks links, CardBook cards, TimeProvider clock, ILogger<MakeEvidenceKey> log)
    : IActionHandler, IFormHandler
{
    public const string Action = "evidence.key";
    public const string FormName = "evidence-key";
    public const int MaxLabel = 60;

    /// <summary>More keys in use than this, and nobody knows any more who sends what.</summary>
    public const int Most = 10;

    /// <summary>Stands in examples where the key goes.</summary>
    public const string Placeholder = "YOUR-KEY";

    public async Task<Reply> HandleAsync(Asked asked, string key, CancellationToken ct)
    {
        var (initiative, refusal) = await find.ToSetAsync(asked, key, ct);
        if (initiative is null)
        {
            return refusal;
        }

        if (await FullAsync(initiative, ct) is { } full)
        {
            return full;
        }

        var draft = await book.FindDraftAsync(asked.By.Id, FormName, $"{initiative.Initiative.Id}:", ct);
        return new Reply.OpenForm(Fill(initiative, draft?.Key ?? $"{initiative.Initiative.Id}:{Id.New<EvidenceKeyId>(clock)}", draft?.Values ?? FormValues.Empty));
    }

    public async Task<Reply> HandleAsync(Asked asked, string key, FormValues values, CancellationToken ct)
    {
        // "initiative:key": the second is the id that the key will have, so that sending the form twice makes one.
        var parts = key.Split(':');
        var (initiative, refusal) = await find.ToSetAsync(asked, parts[0], ct);
        if (initiative is null)
        {
            return refusal;
        }

        if (parts.Length != 2 || Id.Parse<EvidenceKeyId>(parts[1]) is not { } id)
        {
            return find.Unknown();
        }

        if (await db.EvidenceKeys.AnyAsync(k => k.Id == id, ct))
        {
            return ShownBefore();
        }

        if (await FullAsync(initiative, ct) is { } full)
        {
            return full;
        }

        var read = new FormReader(values);
        var label = read.Text("label", MaxLabel, "Say which monitor will use it, for example: nightly drift report.");
        return read.IsFine ? Make(asked, initiative, id, label) : new Reply.FieldErrors(Fill(initiative, key, values), read.Errors);
    }

    private Reply.Whisper Make(Asked asked, InitiativeInHand initiative, EvidenceKeyId id, string label)
    {
        var secret = EvidenceSecret.New();
        db.EvidenceKeys.Add(new EvidenceKey
        {
            Id = id, WorkspaceId = asked.Workspace.Id, InitiativeId = initiative.Initiative.Id, Hash = EvidenceSecret.Hash(secret), Label = label,
            CreatedBy = asked.By.Id, CreatedAt = clock.GetUtcNow(),
        });
        LogMade(id, initiative.Initiative.Id, asked.By.Id);
        var address = links.Evidence(initiative.Initiative.Id);
        return new Reply.Whisper(cards.Fill(new EvidenceKeyMadeCard(
            initiative.Initiative.Name, label, secret, address.AbsoluteUri, ShowEvidence.Example(address, initiative.Initiative.Metric, Placeholder, clock.GetUtcNow()))))
        {
            KeptAs = ShownBefore().Card,
        };
    }

    private async Task<Reply?> FullAsync(InitiativeInHand initiative, CancellationToken ct)
    {
        var of = initiative.Initiative.Id;
        return await db.EvidenceKeys.CountAsync(k => k.InitiativeId == of && k.RevokedAt == null, ct) < Most ? null : Notice.Whisper(
            cards, $"{initiative.Initiative.Name} has {Most} keys in use, which is the most. Revoke one that is not needed in `/pilot evidence`, then make a new one.");
    }

    private Reply.Whisper ShownBefore() => new(cards.Fill(new Notice(
        "This key was made and shown once; it is not kept and cannot be shown again. If you do not have it, revoke it in `/pilot evidence` and make another.")));

    private Form Fill(InitiativeInHand initiative, string key, FormValues typed) =>
        cards.FillForm(FormName, key, "Make a key", new EvidenceKeyFormCard(key, initiative.Initiative.Name, typed["label"]));

    [LoggerMessage(Level = LogLevel.Information, Message = "Made evidence key {Key} for {Initiative} by {Person}")]
    private partial void LogMade(EvidenceKeyId key, InitiativeId initiative, PersonId person);
}

/// <param name="Key">"initiative:key".</param>
public sealed record EvidenceKeyFormCard(string Key, string Initiative, string? Label) : ICardData
{
    public static string Template => "evidence-key-form";
}

/// <param name="Secret">The key itself; nowhere but here.</param>
public sealed record EvidenceKeyMadeCard(string Initiative, string Label, string Secret, string Address, string Example) : ICardData
{
    public static string Template => "evidence-key-made";
}
