using System.Text.RegularExpressions;

namespace Bot.Teams.Connector;

/// <summary>What the numbers of the login mean for an operator ("Microsoft Entra authentication and authorization error codes").</summary>
internal static partial class LoginErrors
{
    /// <summary>The words around it name accounts.</summary>
    public static string? Number(string message) => ErrorNumber().Match(message) is { Success: true } found ? found.Value : null;

    public static string Mend(string? number) => number switch
    {
        "AADSTS7000215" => "The secret is wrong: set Teams__ClientSecret to the Value of a client secret, not to its Secret ID.",
        "AADSTS7000222" => "The secret has expired: make a new one in the app registration and set Teams__ClientSecret.",
        "AADSTS700016" or "AADSTS7000112" => "The app is not registered in this tenant, or is switched off there: check Teams__AppId and Teams__TenantId.",
        "AADSTS90002" or "AADSTS900023" => "There is no such tenant: check Teams__TenantId.",
        "AADSTS700027" or "AADSTS7000214" => "The certificate is not the app's, or has expired: upload the public half of Teams__CertificatePath to the app registration.",
        "AADSTS70021" or "AADSTS700213" or "AADSTS700211" => "The app registration does not trust the managed identity: add it as a federated credential.",
        _ => "Check Teams__AppId, Teams__TenantId and the secret, certificate or managed identity.",
    };

    [GeneratedRegex("AADSTS[0-9]+", RegexOptions.NonBacktracking)]
    private static partial Regex ErrorNumber();
}
