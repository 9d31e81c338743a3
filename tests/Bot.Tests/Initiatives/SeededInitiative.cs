using Bot.Chat;
using Bot.Initiatives;

namespace Bot.Tests.Initiatives;

/// <summary>Initiatives put straight into the store, for tests that are not about how they come about.</summary>
internal static class SeededInitiative
{
    /// <param name="since">When it entered its stage; now if left out.</param>
    public static Task<InitiativeId> RegisterAsync(
        this Product product, string name, Stage stage = Stage.Pilot, string? owner = null, string? by = null, string? since = null, Action<Initiative>? but = null) =>
        product.UseAsync(async db =>
        {
            var people = db.People.ToDictionary(p => p.ExternalId, p => p.Id);
            var at = since is null ? product.Clock.Now : DateTimeOffset.Parse(since);
            var initiative = new Initiative
            {
                Id = Id.New<InitiativeId>(product.Clock), WorkspaceId = db.Workspaces.Single(w => w.ExternalId == product.Workspace.Id).Id, Name = name, Stage = stage,
                OwnerId = owner is null ? null : people[owner], CreatedAt = at,
            };
            but?.Invoke(initiative);
            db.Add(initiative);
            db.Add(new StageChange
            {
                Id = Id.New<StageChangeId>(product.Clock), InitiativeId = initiative.Id, To = stage, By = by is null ? null : people[by], At = at,
            });
            await db.SaveChangesAsync();
            return initiative.Id;
        });
}
